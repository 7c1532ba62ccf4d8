// The row actions, and what keys do in a row.
(() => {
  "use strict";

  const { element, icon, button, ICONS, act, toggle } = window.ClientGrid;

  // Name, icon, and why the action makes no sense for a row ("" when it does).
  const ACTIONS = [
    ["edit_company", "Edit Company", ICONS.edit, () => ""],
    ["assign_invoice", "Assign Invoice", ICONS.invoice, (row, readonly) => readonly ||
      (row.assignment === "new" ? "charges go to a new invoice each time, there is nothing to pick" : "")],
    ["assign_company", "Assign Company", ICONS.company, (row, readonly) => readonly],
    ["delete_assignment", "Delete Assignment", ICONS.unlink, (row, readonly) => readonly || (row.companies ? "" : "no company is linked")],
    ["history", "History", ICONS.history, () => ""],
  ];

  class Actions {
    init(params) {
      this.group = element("span", "actions");
      this.group.setAttribute("role", "group");
      for (const [action, label, path] of ACTIONS) {
        const made = button("action", label, () => open(this.params, action), icon(path));
        made.dataset.action = action;
        made.tabIndex = -1;
        this.group.append(made);
      }
      this.refresh(params);
    }
    refresh(params) {
      this.params = params;
      for (const [action, label, , reason] of ACTIONS) {
        const made = this.group.querySelector("[data-action=" + action + "]");
        const why = reason(params.data, params.context.readonly);
        // Not `disabled`: a disabled button shows no tooltip and cannot be reached by keyboard to hear why.
        made.setAttribute("aria-disabled", String(Boolean(why)));
        made.title = why ? label + ": " + why : label;
        made.setAttribute("aria-label", label + (why ? " (" + why + ")" : "") + ": " + params.data.client);
      }
      return true;
    }
    getGui() { return this.group; }
  }

  function open(params, action) {
    const [, , , reason] = ACTIONS.find(([name]) => name === action);
    if (!reason(params.data, params.context.readonly)) act(params, action);
  }

  // Space toggles a tick, Enter on any other cell opens the client.
  function tickKeys(params) {
    if (params.event.key !== " " && params.event.key !== "Enter") return false;
    params.event.preventDefault();
    toggle(params);
    return true;
  }

  function openKeys(params) {
    if (params.event.key !== "Enter" || params.event.target.closest("button")) return false;
    act(params, "edit_company");
    return true;
  }

  // Tab and arrows walk through the buttons of the focused cell, Escape goes back to the cell.
  function buttonKeys(params) {
    const { event } = params;
    const cell = event.target.closest(".ag-cell");
    const buttons = [...cell.querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement);
    if (!buttons.length) return openKeys(params);
    const step = event.key === "Tab" ? (event.shiftKey ? -1 : 1) : { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (event.key === "Escape" && at >= 0) {
      cell.focus();
      return true;
    }
    if (at < 0 && (event.key === "Enter" || event.key === " " || (event.key === "Tab" && !event.shiftKey))) {
      event.preventDefault();
      buttons[0].focus();
      return true;
    }
    if (at >= 0 && step && buttons[at + step]) {
      event.preventDefault();
      buttons[at + step].focus();
      return true;
    }
    return at >= 0 && (event.key === "Enter" || event.key === " ");
  }

  Object.assign(window.ClientGrid, { Actions, tickKeys, openKeys, buttonKeys });
})();
