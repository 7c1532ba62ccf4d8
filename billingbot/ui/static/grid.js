// What the client grid does inside its frame: how cells look, search, and the two places where AG Grid's wrapper needs help.
// Names come from outside and are only ever set as text, never as HTML. The icons below are ours.
(() => {
  "use strict";

  const STATUSES = ["Unmapped", "Suggested", "Review", "Gone", "Excluded", "Mapped"]; // what needs work comes first
  const CELL_PADDING = 10;
  const ACTIONS = [
    ["Edit Company", "M4 20h4L19 9l-4-4L4 16zM13.5 6.5l4 4"],
    ["Assign Invoice", "M6 3h9l4 4v14H6zM14.5 3v4.5H19M9 12h6M9 16h6"],
    ["Assign Company", "M4 21V4h9v17M13 9h7v12M3 21h18M7.5 8h2M7.5 12h2M7.5 16h2M16 13h1.5M16 17h1.5"],
    ["Delete Assignment", "M10 14l4-4M9 7l2.5-2.5a4 4 0 0 1 6 6L15 13M15 17l-2.5 2.5a4 4 0 0 1-6-6L9 11M4 4l16 16"],
  ];

  function element(tag, className, text) {
    const made = document.createElement(tag);
    made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function icon(path) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
    line.setAttribute("d", path);
    svg.append(line);
    return svg;
  }

  // ---- cells ----

  class StatusMark {
    init(params) {
      this.mark = element("span", "");
      this.refresh(params);
    }
    refresh(params) {
      this.mark.className = "mark mark-" + params.value.toLowerCase();
      this.mark.textContent = params.value;
      return true;
    }
    getGui() { return this.mark; }
  }

  class CompanyCell {
    init(params) {
      this.cell = element("span", "company");
      this.refresh(params);
    }
    refresh(params) {
      const { companies, companies_note: note, companies_more: more } = params.data;
      this.cell.replaceChildren(element("span", "name", companies), element("span", "note", note), element("span", "note more", more));
      return true;
    }
    getGui() { return this.cell; }
  }

  class TickMark {
    init(params) {
      this.box = element("span", "");
      this.box.setAttribute("role", "checkbox");
      this.box.setAttribute("aria-readonly", "true");
      this.refresh(params);
    }
    refresh(params) {
      const inherited = params.value && isInherited(params);
      this.box.className = "tick" + (params.value ? " ticked" : "") + (inherited ? " inherited" : "");
      this.box.setAttribute("aria-checked", String(params.value));
      this.box.setAttribute("aria-label", params.colDef.headerName + (inherited ? ", " + tickTooltip(params) : "") + ": " + params.data.client);
      this.box.replaceChildren(...(params.value ? [icon("M5.5 12.5l4.5 4.5 8.5-10")] : []));
      return true;
    }
    getGui() { return this.box; }
  }

  class Actions {
    init(params) {
      this.group = element("span", "actions");
      for (const [label, path] of ACTIONS) {
        const button = element("button", "action");
        button.type = "button";
        button.disabled = true;
        button.title = label + ": read-only in this version";
        button.setAttribute("aria-label", label + ": " + params.data.client);
        button.append(icon(path));
        this.group.append(button);
      }
    }
    refresh() { return true; }
    getGui() { return this.group; }
  }

  class NoRows {
    init(params) {
      let rows = 0;
      params.api.forEachNode(() => { rows += 1; });
      const narrowed = rows > 0 && params.api.isAnyFilterPresent();
      this.box = element("div", "no-rows");
      this.box.append(element("p", "", narrowed ? "No client matches the search and filters." : params.context.emptyText));
      if (narrowed) {
        const clear = element("button", "clear", "Clear search and filters");
        clear.type = "button";
        clear.addEventListener("click", () => clearSearch(params.api));
        this.box.append(clear);
      }
    }
    getGui() { return this.box; }
  }

  // ---- values ----

  const isInherited = (params) => params.data.inherited && params.column.getColId() !== "excluded";
  const tickTooltip = (params) => params.value && isInherited(params) ? "default of " + params.context.integration : null;
  const companyText = (params) => [params.data.companies, params.data.companies_note, params.data.companies_more].filter(Boolean).join(" ");
  // Every link and every suggestion says why; there is nothing to say of an empty cell.
  const companyTooltip = (params) => params.value ? [params.data.companies, params.data.status_note].filter(Boolean).join("\n") : null;

  // The text of a cell that does not fit into its column, for its tooltip.
  const pen = document.createElement("canvas").getContext("2d");
  function cutText(params) {
    pen.font = "14px 'Source Sans', sans-serif";
    return pen.measureText(params.value).width > params.column.getActualWidth() - 2 * CELL_PADDING ? params.value : null;
  }

  // As people sort: É beside E, whatever the case, numbers by value; what has no text comes last both ways.
  const collator = new Intl.Collator(undefined, { sensitivity: "base", numeric: true });
  function compareText(a, b, nodeA, nodeB, isDescending) {
    if (!a !== !b) return (a ? -1 : 1) * (isDescending ? -1 : 1);
    return collator.compare(a, b);
  }

  // ---- search ----

  // Finds Gijón for "gijon" as well as for "gijón".
  const searchText = (params) => params.value + " " + params.value.normalize("NFD").replace(/\p{M}/gu, "");

  function addSearch(api) {
    const bar = element("div", "search-bar");
    const box = element("label", "search-box");
    box.append(icon("M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5L20 20"));
    const input = element("input", "");
    input.type = "search";
    input.placeholder = "Search all columns";
    input.setAttribute("aria-label", "Search all columns");
    input.addEventListener("input", () => api.setGridOption("quickFilterText", input.value));
    box.append(input);
    const rows = element("span", "row-count");
    rows.setAttribute("role", "status");
    bar.append(box, rows);
    document.getElementById("gridContainer").prepend(bar);
  }

  function clearSearch(api) {
    const input = document.querySelector(".search-box input");
    input.value = "";
    api.setGridOption("quickFilterText", "");
    api.setFilterModel(null);
    input.focus();
  }

  function showRowCount(api) {
    let all = 0;
    api.forEachNode(() => { all += 1; });
    const shown = api.getDisplayedRowCount();
    const text = shown === all ? all.toLocaleString("en") : shown.toLocaleString("en") + " of " + all.toLocaleString("en");
    document.querySelector(".row-count").textContent = text + (all === 1 ? " client" : " clients");
    // The overlay is made anew, because its text depends on why there is nothing to show.
    api.hideOverlay();
    if (shown === 0) api.showNoRowsOverlay();
  }

  // The wrapper answers a change of Streamlit's theme by setting AG Grid's theme to undefined. Ours needs no change.
  function keepTheme(api) {
    const update = api.updateGridOptions;
    api.updateGridOptions = (options) => {
      const { theme, ...rest } = options;
      update.call(api, theme ? options : rest);
    };
  }

  window.ClientGrid = {
    StatusMark, CompanyCell, TickMark, Actions, NoRows, companyText, companyTooltip, tickTooltip,
    cutText, compareText, searchText,
    rowId: (params) => String(params.data.client_id),
    text: (params) => params.value === null || params.value === undefined ? "" : String(params.value),
    noText: () => "",
    isNew: (params) => params.data.assignment === "new",
    isLast: (params) => params.data.assignment === "last",
    isRecurring: (params) => params.data.assignment === "recurring",
    isExcluded: (params) => params.data.excluded,
    compareStatus: (a, b) => STATUSES.indexOf(a) - STATUSES.indexOf(b),
    // AG Grid redraws a cell when its value changes; marks also depend on the rest of the row.
    onRowDataUpdated: (event) => event.api.refreshCells({ force: true }),
    onModelUpdated: (event) => { if (document.querySelector(".row-count")) showRowCount(event.api); },
    onGridReady: (event) => {
      if (document.querySelector(".search-bar")) return;
      keepTheme(event.api);
      addSearch(event.api);
      showRowCount(event.api);
    },
  };
})();
