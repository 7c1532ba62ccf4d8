"""The client grid: the one place that knows streamlit-aggrid.

The grid keeps its scroll position, sorting, filters and search over reruns: key and options stay the same. It fetches
the whole table once (see grid_table.py); what changes later comes in the mail (see grid_mail.py); what operators do
goes back through the outbox (see grid_events.py). It evaluates no text that comes from outside.
"""

from pathlib import Path
from typing import Any

import streamlit as st
from st_aggrid import AgGrid, DataReturnMode, JsCode, StAggridTheme

from billingbot.domain.integration import Integration
from billingbot.ui.frame import STATIC
from billingbot.ui.grid_columns import client_columns, selection_column

# The page's style sheet lets the frame fill the window; this is the height without it.
_HEIGHT = 600
_SCRIPTS = ("dom", "values", "outbox", "cells", "actions", "filters", "table", "toolbar", "mail", "escape", "main")


def grid_key(integration: Integration) -> str:
    """Return under which key the session holds what the grid has handed over: its outbox."""
    return f"client-grid-{integration.key}"


def draw_client_grid(integration: Integration, readonly: str | None = None) -> None:
    """Draw the grid, without rows: the mail, which has to follow, says where they are.

    `readonly` is why nothing can be changed in it, if that is so.
    """
    AgGrid(
        gridOptions=_options(integration, readonly),
        key=grid_key(integration),
        height=_HEIGHT,
        theme=_theme(),
        allow_unsafe_jscode=True,
        data_return_mode=DataReturnMode.CUSTOM,
        custom_jscode_for_grid_return=JsCode("ClientGrid.collect"),
        should_grid_return=JsCode("ClientGrid.isOutbox"),
        update_on=[],
        show_toolbar=False,
        server_sync_strategy="client_wins",
        # Puts scripts and a style sheet into the grid's frame before the options are read, so that the options can
        # name functions of real files; as option text the code would lose its comments and be cut at any "//".
        pro_assets=[{"js": _scripts(), "css": _font() + _static("grid.css")}],
    )


def _options(integration: Integration, readonly: str | None) -> dict[str, Any]:
    return {
        "columnDefs": client_columns(),
        "defaultColDef": {
            "sortable": True,
            "resizable": True,
            "filter": "agTextColumnFilter",
            "filterParams": {"buttons": ["reset"]},
            "wrapHeaderText": True,
            "autoHeaderHeight": True,
            "suppressHeaderMenuButton": True,
            "suppressFloatingFilterButton": True,
            "cellClassRules": {"excluded": JsCode("ClientGrid.isExcluded")},
        },
        "getRowId": JsCode("ClientGrid.rowId"),
        "onGridReady": JsCode("ClientGrid.onGridReady"),
        "onModelUpdated": JsCode("ClientGrid.onModelUpdated"),
        "onSelectionChanged": JsCode("ClientGrid.onSelectionChanged"),
        "isExternalFilterPresent": JsCode("ClientGrid.isQueueShown"),
        "doesExternalFilterPass": JsCode("ClientGrid.isInQueue"),
        "noRowsOverlayComponent": JsCode("ClientGrid.NoRows"),
        "context": {
            "key": integration.key,
            "integration": integration.name,
            "default_assignment": integration.assignment.value,
            "readonly": readonly or "",
        },
        "rowSelection": {
            "mode": "multiRow",
            "checkboxes": True,
            "headerCheckbox": True,
            "selectAll": "filtered",
            "enableClickSelection": False,
        },
        "selectionColumnDef": selection_column(),
        "rowHeight": 36,
        "floatingFiltersHeight": 40,
        "tooltipShowDelay": 400,
        # A tooltip may have five candidates with their reasons, which takes longer to read than the usual ten seconds.
        "tooltipHideDelay": 120_000,
        "suppressColumnVirtualisation": True,
        "enableCellTextSelection": True,
        "ensureDomOrder": True,
        "maintainColumnOrder": True,
    }


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
    return (STATIC / "grid" / name).read_text(encoding="utf-8")


@st.cache_resource(show_spinner=False)
def _scripts() -> str:
    return "\n".join(_static(f"{name}.js") for name in _SCRIPTS)


@st.cache_resource(show_spinner=False)
def _font() -> str:
    """Return the rule that gives the frame the font of the page around it, all weights of it."""
    media = Path(st.__file__).parent / "static" / "static" / "media"
    name = next(media.glob("SourceSansVF-Upright*.woff2")).name
    return f"@font-face {{font-family: 'Source Sans'; font-weight: 200 900; src: url('../../static/media/{name}')}}\n"
