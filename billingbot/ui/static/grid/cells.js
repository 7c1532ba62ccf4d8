// How cells look and what can be clicked in them.
(() => {
  "use strict";

  const { element, icon, button, ICONS, push, isTicked, isInherited, isMissing, tickTooltip, act } = window.ClientGrid;

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

  // The linked company, or the best candidate; what waits for a click has it here.
  class CompanyCell {
    init(params) {
      this.cell = element("span", "company");
      this.refresh(params);
    }
    refresh(params) {
      const { companies, companies_note: note, companies_more: more } = params.data;
      const texts = [element("span", "name", companies), element("span", "note", note)];
      if (more) texts.push(opener("note more", params, "assign_company", "Choose among all candidates", more));
      this.cell.replaceChildren(...texts, ...answers(params));
      return true;
    }
    getGui() { return this.cell; }
  }

  function answers(params) {
    const { status, open_company_id: company, client, client_id } = params.data;
    if (!company || params.context.readonly) return [];
    const answer = (kind, label, path) => {
      const made = button("answer answer-" + kind, label + ": " + client, (event) => {
        event.stopPropagation();
        params.data.open_company_id = ""; // one click decides; the row that comes back says what is open next
        params.api.refreshCells({ rowNodes: [params.node], columns: ["companies"], force: true });
        push({ kind, client: client_id, company });
      }, icon(path));
      made.title = label;
      return made;
    };
    const box = element("span", "answers");
    if (status === "Suggested") box.append(answer("accept", "Accept this company", ICONS.tick), answer("reject", "Reject this company", ICONS.cross));
    if (status === "Review") box.append(answer("confirm", "Confirm this link", ICONS.tick), answer("unlink", "Not this company", ICONS.cross));
    return [box];
  }

  // A target invoice, or a mark that one has to be picked.
  class TargetCell {
    init(params) {
      this.cell = element("span", "target");
      this.refresh(params);
    }
    refresh(params) {
      const assignment = params.column.getColId() === "last_invoice_id" ? "last" : "recurring";
      const missing = isMissing(params.data, assignment);
      const text = params.value === null || params.value === undefined ? "" : String(params.value);
      const pick = missing ? [opener("pick", params, "assign_invoice", "Pick an invoice for " + params.data.client, icon(ICONS.warning))] : [];
      if (missing) pick[0].append("Pick");
      this.cell.replaceChildren(...(missing ? pick : [text]));
      return true;
    }
    getGui() { return this.cell; }
  }

  function opener(className, params, action, label, content) {
    if (params.context.readonly) {
      const text = element("span", className);
      text.append(content);
      return text;
    }
    return button(className, label, (event) => {
      event.stopPropagation();
      act(params, action);
    }, content);
  }

  class TickMark {
    init(params) {
      this.box = element("span", "");
      this.box.setAttribute("role", "checkbox");
      this.box.addEventListener("click", () => toggle(this.params));
      this.refresh(params);
    }
    refresh(params) {
      this.params = params;
      const column = params.column.getColId();
      const ticked = isTicked(params.data, column);
      const inherited = ticked && isInherited(params.data, column);
      const heading = params.colDef.headerName;
      this.box.className = "tick" + (ticked ? " ticked" : "") + (inherited ? " inherited" : "");
      this.box.setAttribute("aria-checked", String(ticked));
      this.box.setAttribute("aria-disabled", String(Boolean(params.context.readonly)));
      this.box.setAttribute("aria-label", heading + (inherited ? ", " + tickTooltip(params) : "") + ": " + params.data.client);
      this.box.replaceChildren(...(ticked ? [icon(ICONS.tick)] : []));
      return true;
    }
    getGui() { return this.box; }
  }

  // Shows the change at once and sends it with the version that it rests on.
  function toggle(params) {
    if (params.context.readonly) return;
    const row = params.node.data;
    const column = params.column.getColId();
    const on = column === "excluded" ? !row.excluded : row.inherited || row.assignment !== column;
    const event = { kind: "tick", client: row.client_id, column, on, version: row.version };
    if (column === "excluded") {
      row.excluded = on;
    } else {
      row.assignment = on ? column : params.context.default_assignment;
      row.inherited = !on;
    }
    const target = { new: 0, last: row.last_invoice_id, recurring: row.recurring_invoice_id }[row.assignment];
    row.missing_target = !row.excluded && (target === null || target === undefined);
    row.version += 1;
    params.api.refreshCells({ rowNodes: [params.node], force: true });
    push(event);
  }

  Object.assign(window.ClientGrid, { StatusMark, CompanyCell, TargetCell, TickMark, toggle });
})();
