// Filters that AG Grid's community edition lacks: a choice among known values, in the menu and in the bar; and the work queue.
(() => {
  "use strict";

  const { element } = window.ClientGrid;

  function select(label, choices, changed) {
    const made = element("select", "choice");
    made.setAttribute("aria-label", label);
    for (const [value, text] of [["", "All"], ...Object.entries(choices)]) {
      const option = element("option", "", text);
      option.value = value;
      made.append(option);
    }
    made.addEventListener("change", () => changed(made.value));
    return made;
  }

  // Model: the chosen value, or null. Values are compared as text, so ticks are "true" and "false".
  class ChoiceFilter {
    init(params) {
      this.params = params;
      this.value = "";
      this.box = element("div", "choice-menu");
      this.select = select(params.colDef.headerName + " Filter", params.choices, (value) => this.choose(value));
      this.box.append(this.select);
    }
    choose(value) {
      this.value = value;
      this.select.value = value;
      this.params.filterChangedCallback();
    }
    isFilterActive() { return this.value !== ""; }
    doesFilterPass({ node }) { return String(this.params.getValue(node)) === this.value; }
    getModel() { return this.value || null; }
    setModel(model) {
      this.value = model ?? "";
      this.select.value = this.value;
    }
    getGui() { return this.box; }
  }

  class ChoiceBar {
    init(params) {
      const { choices } = params.filterParams;
      this.select = select(params.column.getColDef().headerName + " Filter Input", choices, (value) =>
        params.parentFilterInstance((filter) => filter.choose(value)));
    }
    onParentModelChanged(model) { this.select.value = model ?? ""; }
    getGui() { return this.select; }
  }

  // What the chips above the grid ask for: a name, a label, and what to say when nothing is left.
  const EVERYTHING = { name: "", label: "", empty: "" };
  const queue = { ...EVERYTHING };

  function showQueue(api, wanted) {
    const { name } = queue;
    Object.assign(queue, wanted ?? EVERYTHING);
    if (queue.name !== name) api.onFilterChanged();
  }

  // What is shown, in words, for the heading of an export.
  function filterWords(api, search) {
    const words = queue.name ? [queue.label] : [];
    if (search) words.push("search: " + search);
    for (const [column, model] of Object.entries(api.getFilterModel())) {
      words.push(api.getColumnDef(column).headerName.replace("\u00a0", " ") + " " + modelWords(model));
    }
    return words.join("; ");
  }

  function modelWords(model) {
    if (typeof model === "string") return { true: "ticked", false: "not ticked" }[model] ?? "is " + model;
    const parts = model.conditions ?? [model];
    return parts.map((part) => [part.type, part.filter, part.filterTo].filter((word) => word !== undefined && word !== null).join(" "))
      .join(" " + (model.operator ?? "") + " ");
  }

  Object.assign(window.ClientGrid, {
    ChoiceFilter, ChoiceBar, queue, showQueue, filterWords,
    isQueueShown: () => queue.name !== "",
    isInQueue: (node) => node.data.queues.includes(" " + queue.name + " "),
  });
})();
