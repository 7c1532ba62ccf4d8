// Starting the grid, and the two places where AG Grid's wrapper needs help.
(() => {
  "use strict";

  const { outbox, addToolbar, hasToolbar, inMode, showCount, showMany, observeMail } = window.ClientGrid;

  // The wrapper answers a change of Streamlit's theme by setting AG Grid's theme to undefined, and a change of any option
  // by setting all of them again. Ours needs no change of theme, and the columns keep their filter mode.
  function keepThemeAndMode(api) {
    const update = api.updateGridOptions;
    api.updateGridOptions = (options) => {
      const { theme, ...rest } = options;
      if (theme) rest.theme = theme;
      if (rest.columnDefs) rest.columnDefs = inMode(rest.columnDefs);
      update.call(api, rest);
    };
  }

  Object.assign(window.ClientGrid, {
    onGridReady: (event) => {
      if (hasToolbar()) return;
      outbox.api = event.api;
      keepThemeAndMode(event.api);
      addToolbar(event.api);
      showCount(event.api);
      observeMail(event.api);
    },
    onModelUpdated: (event) => { if (hasToolbar()) showCount(event.api); },
    onSelectionChanged: (event) => showMany(event.api),
  });
})();
