// Escape closes a dialog from one of its tables, too. Such a table keeps the key to itself: it gives up what is selected,
// and when nothing is, nothing would happen. Dialogs stand in the page around the frame.
(() => {
  "use strict";

  const { document: page, KeyboardEvent: Key } = window.parent;
  const gone = new AbortController();

  function pressed(event) {
    const table = event.key === "Escape" && event.target.closest("[role=dialog] canvas");
    if (!table || table.querySelector("[aria-selected=true]")) return;
    event.stopPropagation();
    table.closest("[role=dialog]").dispatchEvent(new Key("keydown", { key: "Escape", bubbles: true, cancelable: true }));
  }

  page.addEventListener("keydown", pressed, { capture: true, signal: gone.signal });
  window.addEventListener("pagehide", () => gone.abort());
})();
