// What a row says: how its values compare, are searched and explained.
(() => {
  "use strict";

  const STATUSES = ["Unmapped", "Suggested", "Review", "Gone", "Excluded", "Mapped"]; // what needs work comes first
  const CELL_PADDING = 10;

  const isInherited = (row, column) => column !== "excluded" && row.inherited;
  const isTicked = (row, column) => (column === "excluded" ? row.excluded : row.assignment === column);

  function tickTooltip(params) {
    const column = params.column.getColId();
    const row = params.data;
    if (isTicked(row, column) && isInherited(row, column)) return "default of " + params.context.integration;
    if (isTicked(row, column) && row.missing_target) return "No " + column + " invoice is picked yet: charges have nowhere to go.";
    return params.context.readonly || null;
  }

  const companyText = (params) => [params.data.companies, params.data.companies_note, params.data.companies_more].filter(Boolean).join(" ");
  // Every link and every suggestion says why; there is nothing to say of an empty cell.
  const companyTooltip = (params) => (params.value ? [params.data.companies, params.data.status_note].filter(Boolean).join("\n") : null);

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

  function targetTooltip(params) {
    const column = params.column.getColId() === "last_invoice_id" ? "last" : "recurring";
    if (isMissing(params.data, column)) return "Charges have nowhere to go until an invoice is picked. Click to pick one.";
    return null;
  }

  const isMissing = (row, assignment) => row.missing_target && row.assignment === assignment;

  Object.assign(window.ClientGrid, {
    STATUSES, isInherited, isTicked, isMissing, tickTooltip, targetTooltip, companyText, companyTooltip, cutText, compareText,
    // Finds Gijón for "gijon" as well as for "gijón".
    searchText: (params) => params.value + " " + params.value.normalize("NFD").replace(/\p{M}/gu, ""),
    rowId: (params) => String(params.data.client_id),
    text: (params) => (params.value === null || params.value === undefined ? "" : String(params.value)),
    noText: () => "",
    isNew: (params) => isTicked(params.data, "new"),
    isLast: (params) => isTicked(params.data, "last"),
    isRecurring: (params) => isTicked(params.data, "recurring"),
    isExcluded: (params) => params.data.excluded,
    compareStatus: (a, b) => STATUSES.indexOf(a) - STATUSES.indexOf(b),
  });
})();
