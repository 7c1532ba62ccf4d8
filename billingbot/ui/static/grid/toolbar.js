// The bar above the rows: search, what is selected or shown and can be done with it, filter mode, import and export, and
// what was saved last, beside its Undo.
(() => {
  "use strict";

  const { element, icon, button, ICONS, push, queue, showQueue, filterWords, table } = window.ClientGrid;
  const MODE_KEY = "billingbot.filter-mode";
  const parts = {};

  const count = (number) => number.toLocaleString("en");

  function shownIds(api) {
    const ids = [];
    api.forEachNodeAfterFilterAndSort((node) => ids.push(node.data.client_id));
    return ids;
  }

  // The selected rows in the order in which they are shown; those that a filter hides come last.
  function selectedIds(api) {
    const chosen = new Set(api.getSelectedNodes().map((node) => node.data.client_id));
    const shown = shownIds(api).filter((id) => chosen.delete(id));
    return [...shown, ...chosen];
  }

  function addToolbar(api) {
    const bar = element("div", "toolbar");
    bar.setAttribute("role", "toolbar");
    bar.setAttribute("aria-label", "Clients");
    const search = element("label", "search-box");
    search.append(icon(ICONS.search));
    parts.search = element("input", "");
    parts.search.type = "search";
    parts.search.placeholder = "Search all columns";
    parts.search.setAttribute("aria-label", "Search all columns");
    parts.search.addEventListener("input", () => api.setGridOption("quickFilterText", parts.search.value));
    search.append(parts.search);
    parts.count = element("span", "row-count");
    parts.count.setAttribute("role", "status");
    parts.many = element("span", "many");
    parts.notice = element("span", "notice");
    parts.notice.setAttribute("role", "status");
    const words = () => filterWords(api, parts.search.value);
    const tools = element("span", "tools");
    tools.append(
      modeSwitch(api),
      importButton(api.getGridOption("context").readonly),
      button("tool", "Export", () => push({ kind: "many", action: "export", clients: shownIds(api), filters: words() }), tool(ICONS.export, "Export")),
    );
    bar.append(search, parts.count, parts.many, parts.notice, tools);
    document.getElementById("gridContainer").prepend(bar);
    // The columns come as MENU wants them; to set them again would lay all of them out again.
    showMode(storedMode());
    if (parts.mode === "BAR") setColumns(api);
    showMany(api);
  }

  function importButton(readonly) {
    const made = button("tool", "Import", () => { if (!readonly) push({ kind: "import" }); }, tool(ICONS.import, "Import"));
    made.setAttribute("aria-disabled", String(Boolean(readonly)));
    if (readonly) made.title = readonly;
    return made;
  }

  function tool(path, text) {
    const made = element("span", "tool-content");
    made.append(icon(path), element("span", "tool-text", text));
    return made;
  }

  // BAR puts a row of filters under the headings, MENU a funnel into each heading. Rows, sort, scroll and filters stay.
  function modeSwitch(api) {
    const group = element("span", "modes");
    group.setAttribute("role", "radiogroup");
    group.setAttribute("aria-label", "Filter mode");
    parts.modes = ["BAR", "MENU"].map((mode) => {
      const made = button("mode", mode, () => setMode(api, mode));
      made.setAttribute("role", "radio");
      made.title = mode === "BAR" ? "A row of filters under the headings" : "A filter menu in each heading";
      group.append(made);
      return made;
    });
    return group;
  }

  function setMode(api, mode) {
    showMode(mode);
    setColumns(api);
    try {
      localStorage.setItem(MODE_KEY, mode);
    } catch {
      // A browser that keeps nothing starts with the menu again.
    }
  }

  function showMode(mode) {
    parts.mode = mode;
    document.body.dataset.filterMode = mode;
    for (const made of parts.modes) made.setAttribute("aria-checked", String(made.textContent === mode));
  }

  function setColumns(api) {
    api.setGridOption("columnDefs", inMode(api.getGridOption("columnDefs")));
  }

  // The column definitions as the filter mode wants them.
  function inMode(definitions) {
    const bar = parts.mode === "BAR";
    return definitions.map((definition) => definition.children
      ? { ...definition, children: inMode(definition.children) }
      : { ...definition, floatingFilter: bar && definition.filter !== false, suppressHeaderFilterButton: bar });
  }

  function storedMode() {
    try {
      return localStorage.getItem(MODE_KEY) === "BAR" ? "BAR" : "MENU";
    } catch {
      return "MENU";
    }
  }

  // What can be done with the selected rows, or else with all that the work queue shows.
  function showMany(api) {
    const selected = api.getSelectedNodes().length;
    const shown = api.getDisplayedRowCount();
    const rows = selected || shown;
    const ids = () => (selected ? selectedIds(api) : shownIds(api));
    const many = (label, action, className = "many-action") =>
      button(className, label, () => push({ kind: "many", action, clients: ids(), filters: "" }));
    const made = [];
    const writable = !api.getGridOption("context").readonly;
    if (selected && writable) made.push(many("Edit " + count(selected) + " selected", "bulk_edit", "many-action primary"));
    const which = selected ? count(rows) + " selected" : "all " + count(rows);
    if (rows && writable && queue.name === "suggested") made.push(many("Accept " + which, "accept_suggestions"), many("Reject " + which, "reject_suggestions"));
    if (rows && writable && queue.name === "review") made.push(many("Confirm " + which, "confirm_links"));
    if (selected) made.push(button("many-action quiet", "Clear selection", () => api.deselectAll()));
    // Rebuilt only when the words change, so that a button keeps the focus.
    const text = made.map((item) => item.textContent).join("|");
    if (parts.many.dataset.text === text) return;
    parts.many.dataset.text = text;
    parts.many.replaceChildren(...made);
  }

  function showCount(api) {
    if (!table.token) return;
    let all = 0;
    api.forEachNode(() => { all += 1; });
    const shown = api.getDisplayedRowCount();
    parts.count.textContent = (shown === all ? count(all) : count(shown) + " of " + count(all)) + (all === 1 ? " client" : " clients");
    // The overlay is made anew, because its text depends on why there is nothing to show.
    api.hideOverlay();
    if (shown === 0) api.showNoRowsOverlay();
    showMany(api);
  }

  function showNotice(notice) {
    const key = notice ? notice.text + notice.batch : "";
    if (parts.notice.dataset.key === key) return;
    parts.notice.dataset.key = key;
    if (!notice) return parts.notice.replaceChildren();
    const text = element("span", "notice-text", notice.text);
    text.title = notice.text;
    const undo = button("undo", "Undo", () => {
      parts.notice.replaceChildren();
      push({ kind: "undo", batch: notice.batch });
    }, tool(ICONS.undo, "Undo"));
    parts.notice.replaceChildren(icon(ICONS.tick), text, ...(notice.batch ? [undo] : []));
  }

  function clearFilters(api) {
    parts.search.value = "";
    api.setGridOption("quickFilterText", "");
    api.setFilterModel(null);
    parts.search.focus();
    if (queue.name) push({ kind: "all" });
    showQueue(api, null);
  }

  class NoRows {
    init(params) {
      this.box = element("div", "no-rows");
      if (!table.token) {
        const text = table.failed ? "The clients could not be loaded. Trying again…" : "Loading clients…";
        this.box.append(element("p", "", text));
        return;
      }
      let rows = 0;
      params.api.forEachNode(() => { rows += 1; });
      const narrowed = parts.search?.value || Object.keys(params.api.getFilterModel()).length;
      const done = rows > 0 && queue.name && !narrowed;
      this.box.append(element("p", "", done ? queue.empty : rows ? "No client matches the search and filters." : "There are no clients."));
      if (rows) this.box.append(button("clear", done ? "Show all clients" : "Clear search and filters", () => clearFilters(params.api)));
    }
    getGui() { return this.box; }
  }

  Object.assign(window.ClientGrid, { addToolbar, inMode, showCount, showMany, showNotice, NoRows, hasToolbar: () => Boolean(parts.count) });
})();
