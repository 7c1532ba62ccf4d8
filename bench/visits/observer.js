// Runs in every frame of a page that is measured, before the page's own scripts, with the name that the first row should
// show. The record of the top frame says when the newest key or click was made, and when the screen showed what was waited
// for: the frame that shows it has been painted. Times are milliseconds since 1970.
(firstName) => {
  "use strict";

  const HEADER = 34; // pixels of the canvas of st.dataframe; its first row is as high
  const now = () => performance.timeOrigin + performance.now();
  const record = (window.top.observed ??= start());
  const namesOfFirstRow = ".ag-row[row-index='0'] [col-id=client], .ag-row[row-index='0'] [col-id=halo_client]";

  function start() {
    const made = { frames: [], drawn: new Set(), headings: {}, name: "", input: 0, seen: 0 };
    made.waitFor = (condition) => {
      made.input = made.seen = 0;
      const look = () => requestAnimationFrame(condition() ? () => { made.seen = now(); } : look);
      look();
    };
    made.waitForFirstRow = (name) => {
      made.drawn.clear();
      made.waitFor(() => made.drawn.has(name) || made.frames.some((frame) => frame.shows(name)));
    };
    // A plain page counts what it has saved; the client grid takes what is acknowledged out of its log.
    made.waitForSaved = () => {
      const saved = () => window.top.document.querySelector("#saved")?.textContent;
      const before = saved();
      const done = before === undefined ? () => made.frames.some((frame) => frame.log()?.length === 0) : () => saved() !== before;
      made.waitFor(() => made.input > 0 && done());
    };
    made.whenSeen = () => new Promise((resolve, reject) => {
      const deadline = now() + 60_000;
      const look = () => {
        if (made.seen) resolve([made.input, made.seen]);
        else if (now() > deadline) reject(new Error("not seen within a minute"));
        else setTimeout(look, 20);
      };
      look();
    });
    return made;
  }

  record.frames.push({
    shows: (name) => [...document.querySelectorAll(namesOfFirstRow)].some((cell) => cell.textContent === name && cell.checkVisibility()),
    log: () => window.ClientGrid?.outbox.log,
  });

  for (const type of ["keydown", "click"]) {
    addEventListener(type, (event) => { record.input = performance.timeOrigin + event.timeStamp; }, { capture: true });
  }

  // What st.dataframe shows it draws on a canvas.
  const draw = CanvasRenderingContext2D.prototype.fillText;
  CanvasRenderingContext2D.prototype.fillText = function fillText(text, x, y, ...rest) {
    if (y < HEADER) record.headings[text] = x;
    else if (y < 2 * HEADER) record.drawn.add(text);
    return draw.call(this, text, x, y, ...rest);
  };

  if (window === window.top) record.waitForFirstRow(firstName);
}
