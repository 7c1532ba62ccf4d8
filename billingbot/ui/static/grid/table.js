// The whole table: fetched from the address that the mail names, and again when the mail names another one.
(() => {
  "use strict";

  const { outbox, push } = window.ClientGrid;
  const RETRY = 3000;
  const asked = { token: "", answer: null };
  const table = { token: "", columns: [], failed: false };

  function fetchTable(token) {
    if (asked.token !== token) {
      asked.token = token;
      asked.answer = fetch("../../grid-table/" + token).then((answer) => {
        if (!answer.ok) throw new Error("The table was answered with " + answer.status + ".");
        return answer.json();
      });
      // Whoever awaits it handles it.
      asked.answer.catch(() => {});
    }
    return asked.answer;
  }

  // Resolves to true when the grid has the rows of this table, to false when it does not or when another was asked for.
  async function loadTable(api, token) {
    if (table.token === token) return true;
    try {
      const answer = await fetchTable(token);
      if (asked.token !== token) return false;
      if (table.token !== token) show(api, token, answer);
      return true;
    } catch {
      if (asked.token === token) fail(api);
      return false;
    }
  }

  // Rows come as lists of values, in the order of the table's columns.
  function rowsOf(lists) {
    return lists.map((values) => {
      const row = {};
      for (let place = 0; place < values.length; place += 1) row[table.columns[place]] = values[place];
      return row;
    });
  }

  function show(api, token, answer) {
    const first = table.token === "";
    Object.assign(table, { token, columns: answer.table.columns, failed: false });
    outbox.applied = answer.revision;
    api.setGridOption("rowData", rowsOf(answer.table.data));
    // AG Grid redraws a cell when its value changes; marks also depend on the rest of the row.
    if (!first) api.refreshCells({ force: true });
  }

  // The page is asked to run again, and says where the table is now.
  function fail(api) {
    asked.token = "";
    table.failed = true;
    api.hideOverlay();
    if (table.token === "") api.showNoRowsOverlay();
    setTimeout(() => push({ kind: "resync" }), RETRY);
  }

  Object.assign(window.ClientGrid, { fetchTable, loadTable, rowsOf, table });
})();
