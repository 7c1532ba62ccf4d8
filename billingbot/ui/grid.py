"""The client grid: the one place that knows streamlit-aggrid.

The grid keeps its scroll position, sorting, filters and search over reruns: key and options stay the same, and
rows are exchanged by id when their content changes. It evaluates no text that comes from outside.
"""

from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st
from st_aggrid import AgGrid, DataReturnMode, JsCode, StAggridTheme

from billingbot.ui.frame import STATIC
from billingbot.ui.grid_columns import client_columns

# The page's style sheet lets the frame fill the window; this is the height without it.
_HEIGHT = 600


def draw_client_grid(rows: pd.DataFrame, integration_name: str, empty_text: str) -> None:
    """Draw the grid with the rows that `grid_rows` returns; `empty_text` shows when there are none."""
    options: dict[str, Any] = {
        "columnDefs": client_columns(),
        "defaultColDef": {
            "sortable": True,
            "resizable": True,
            "filter": "agTextColumnFilter",
            "filterParams": {"buttons": ["reset"]},
            "wrapHeaderText": True,
            "autoHeaderHeight": True,
            "suppressHeaderMenuButton": True,
        },
        "getRowId": JsCode("ClientGrid.rowId"),
        "onGridReady": JsCode("ClientGrid.onGridReady"),
        "onModelUpdated": JsCode("ClientGrid.onModelUpdated"),
        "onRowDataUpdated": JsCode("ClientGrid.onRowDataUpdated"),
        "noRowsOverlayComponent": JsCode("ClientGrid.NoRows"),
        "context": {"integration": integration_name, "emptyText": empty_text},
        "rowHeight": 36,
        "tooltipShowDelay": 400,
        # A tooltip may have five candidates with their reasons, which takes longer to read than the usual ten seconds.
        "tooltipHideDelay": 120_000,
        "suppressColumnVirtualisation": True,
        "enableCellTextSelection": True,
        "ensureDomOrder": True,
        "maintainColumnOrder": True,
    }
    AgGrid(
        rows,
        gridOptions=options,
        key="client-grid",
        height=_HEIGHT,
        theme=_theme(),
        allow_unsafe_jscode=True,
        data_return_mode=DataReturnMode.MINIMAL,
        update_on=[],
        show_toolbar=False,
        server_sync_strategy="client_wins",
        # Puts a script and a style sheet into the grid's frame before the options are read, so that the options can
        # name functions of a real file; as option text the code would lose its comments and be cut at any "//".
        pro_assets=[{"js": _static("grid.js"), "css": _font() + _static("grid.css")}],
    )


def _theme() -> StAggridTheme:
    """Return a theme of the CSS variables that Streamlit keeps up to date in the frame: it follows light and dark."""
    return StAggridTheme(base="quartz").withParams(
        backgroundColor="var(--background-color)",
        foregroundColor="var(--text-color)",
        accentColor="var(--primary-color)",
        chromeBackgroundColor="var(--secondary-background-color)",
        borderColor="var(--line)",
        fontFamily="'Source Sans', 'Source Sans Pro', sans-serif",
        fontSize=14,
        headerFontSize=13,
        headerHeight=34,
        cellHorizontalPadding=9,
        headerColumnResizeHandleColor="transparent",
        rowHoverColor="color-mix(in srgb, var(--primary-color) 6%, transparent)",
        columnHoverColor="transparent",
        wrapperBorderRadius=6,
        browserColorScheme="inherit",
    )


def _static(name: str) -> str:
    return (STATIC / name).read_text(encoding="utf-8")


def _font() -> str:
    """Return the rule that gives the frame the font of the page around it, all weights of it."""
    media = Path(st.__file__).parent / "static" / "static" / "media"
    name = next(media.glob("SourceSansVF-Upright*.woff2")).name
    return f"@font-face {{font-family: 'Source Sans'; font-weight: 200 900; src: url('../../static/media/{name}')}}\n"
