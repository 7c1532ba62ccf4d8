// What the server says to the grid: it stands as JSON in an element of the page around the frame, and is read whenever
// that element changes. Which table to fetch, rows that changed since, events that are done, the chip that is pressed,
// what was saved, and where the focus goes when a dialog has closed.
(() => {
  "use strict";

  const { outbox, push, acknowledge, isPending, boot, showQueue, showNotice, fetchTable, loadTable, rowsOf } = window.ClientGrid;
  const seen = { text: "", focus: 0 };
  const page = window.parent.document.querySelector("[data-testid=stMain]");
  const mailText = () => page.querySelector("[data-mail]")?.dataset.mail ?? "";

  // The rows are on their way while the grid is still being made.
  if (mailText()) fetchTable(JSON.parse(mailText()).table);

  function observe(api) {
    const look = () => {
      const text = mailText();
      if (!text || text === seen.text) return;
      seen.text = text;
      read(api, JSON.parse(text));
    };
    new MutationObserver(look).observe(page, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-mail"] });
    look();
  }

  async function read(api, mail) {
    if (mail.integration !== api.getGridOption("context").key) return;
    if (mail.boot === boot) acknowledge(mail.acknowledged);
    if (!(await loadTable(api, mail.table))) return;
    update(api, mail);
    showQueue(api, mail.queue);
    showNotice(mail.notice);
    if (mail.focus && mail.focus.number !== seen.focus) {
      seen.focus = mail.focus.number;
      focusRow(api, mail.focus);
    }
  }

  // Rows with a click under way are left alone: what comes back after it is newer.
  function update(api, mail) {
    if (mail.since > outbox.applied) {
      if (!outbox.log.some((event) => event.kind === "resync")) push({ kind: "resync" });
      return;
    }
    const changed = rowsOf(mail.rows);
    const rows = changed.filter((row) => !isPending(String(row.client_id)) && api.getRowNode(String(row.client_id)));
    if (rows.length) {
      api.applyTransaction({ update: rows });
      const nodes = rows.map((row) => api.getRowNode(String(row.client_id)));
      api.refreshCells({ rowNodes: nodes, force: true });
    }
    if (rows.length === mail.rows.length) outbox.applied = Math.max(outbox.applied, mail.revision);
  }

  function focusRow(api, focus) {
    const node = api.getRowNode(String(focus.client));
    if (!node || node.rowIndex === null) return;
    api.ensureIndexVisible(node.rowIndex);
    window.focus();
    const { client, column } = outbox.left;
    api.setFocusedCell(node.rowIndex, (client === focus.client && column) || "client");
  }

  window.ClientGrid.observeMail = observe;
})();
