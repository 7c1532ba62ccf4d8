// What the other scripts of the grid make elements with. Text from outside is only ever set as text, never as markup.
(() => {
  "use strict";

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

  function button(className, label, pressed, content) {
    const made = element("button", className);
    made.type = "button";
    made.setAttribute("aria-label", label);
    made.title = label;
    made.append(content ?? label);
    made.addEventListener("click", pressed);
    return made;
  }

  const ICONS = {
    edit: "M4 20h4L19 9l-4-4L4 16zM13.5 6.5l4 4",
    invoice: "M6 3h9l4 4v14H6zM14.5 3v4.5H19M9 12h6M9 16h6",
    company: "M4 21V4h9v17M13 9h7v12M3 21h18M7.5 8h2M7.5 12h2M7.5 16h2M16 13h1.5M16 17h1.5",
    unlink: "M10 14l4-4M9 7l2.5-2.5a4 4 0 0 1 6 6L15 13M15 17l-2.5 2.5a4 4 0 0 1-6-6L9 11M4 4l16 16",
    history: "M4 12a8 8 0 1 0 2.6-5.9M4 4v4h4M12 8v4.5l3 2",
    tick: "M5.5 12.5l4.5 4.5 8.5-10",
    cross: "M7 7l10 10M17 7L7 17",
    search: "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5L20 20",
    warning: "M12 4l9 16H3zM12 10v4.5M12 17.4v.2",
    export: "M12 4v11M8 11l4 4 4-4M5 19h14",
    import: "M12 15V4M8 8l4-4 4 4M5 19h14",
    undo: "M8 5L4 9l4 4M4 9h10a5.5 5.5 0 0 1 0 11h-3",
  };

  window.ClientGrid = { element, icon, button, ICONS };
  // Through this object the wrapper lets us hand a value to the page at any time, not only at events of AG Grid.
  window.StreamlitAgGridPro = {};
})();
