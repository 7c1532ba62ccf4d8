// No click is lost: what an operator does is written into a numbered log at the click, the whole log is handed to the
// page as often as anything is added, and entries leave it when the server says that it has carried them out or refused
// them. The page may drop or merge what it is handed; the server carries out each number once.
(() => {
  "use strict";

  const FIRST_RETRY = 3000;
  const LAST_RETRY = 60000;
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  const boot = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const box = { number: 0, log: [], applied: null, api: null, retry: FIRST_RETRY, timer: null, left: {} };

  function push(event) {
    // The cell that an operator was in gets the focus back when a dialog closes.
    box.left = { client: event.client, column: box.api.getFocusedCell()?.column.getColId() };
    box.number += 1;
    box.log.push({ number: box.number, ...event });
    box.retry = FIRST_RETRY;
    document.body.dataset.unsaved = box.log.length;
    ship();
  }

  const act = (params, action) => push({ kind: "act", client: params.data.client_id, action });

  function ship() {
    window.StreamlitAgGridPro.returnGridValue({ api: box.api }, "outbox");
    clearTimeout(box.timer);
    // A connection that is down takes nothing: hand it over again until it is acknowledged.
    box.timer = setTimeout(() => {
      box.retry = Math.min(2 * box.retry, LAST_RETRY);
      if (box.log.length) ship();
    }, box.retry);
  }

  function acknowledge(number) {
    box.log = box.log.filter((event) => event.number > number);
    document.body.dataset.unsaved = box.log.length;
  }

  Object.assign(window.ClientGrid, {
    push, act, ship, acknowledge, boot,
    outbox: box,
    isPending: (id) => box.log.some((event) => event.kind === "tick" && String(event.client) === id),
    collect: () => ({ boot, integration: box.api.getGridOption("context").key, applied: box.applied, log: [...box.log] }),
    // Nothing but the outbox is ever handed to the page.
    isOutbox: (call) => call.streamlitRerunEventTriggerName === "outbox",
  });
})();
