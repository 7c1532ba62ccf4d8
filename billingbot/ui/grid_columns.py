"""The columns of the client grid, in their order, for AG Grid. Renderers are in static/grid.js."""

from typing import Any

from st_aggrid import JsCode

Column = dict[str, Any]

# A no-break space, so that a narrow heading becomes "Last" over "(# Invoice)".
_NUMBER_OF_INVOICE = "(#\u00a0Invoice)"


def client_columns() -> list[Column]:
    """Return fresh definitions: AG Grid's wrapper changes what it is given."""
    return [
        _status(),
        _number("client_id", "Halo Id", 72, 108),
        _client(),
        _companies(),
        _number("last_invoice_id", f"Last {_NUMBER_OF_INVOICE}", 88, 112),
        _number("recurring_invoice_id", f"Recurring {_NUMBER_OF_INVOICE}", 92, 116),
        {
            "groupId": "assign_invoice",
            "headerName": "Assign Invoice",
            "headerClass": "assign-invoice",
            "marryChildren": True,
            "children": [
                _flag("new", "New", "ClientGrid.isNew", 56),
                _flag("last", "Last", "ClientGrid.isLast", 56),
                _flag("recurring", "Recurring", "ClientGrid.isRecurring", 90),
            ],
        },
        _flag("excluded", "Exclude", "ClientGrid.isExcluded", 88),
        _actions(),
    ]


def _status() -> Column:
    return {
        "colId": "status",
        "headerName": "Status",
        "field": "status",
        "initialWidth": 112,
        "cellRenderer": JsCode("ClientGrid.StatusMark"),
        "comparator": JsCode("ClientGrid.compareStatus"),
        "tooltipField": "status_note",
        "cellClass": "middle",
    }


def _client() -> Column:
    return {
        "colId": "client",
        "headerName": "Halo Client",
        "field": "client",
        "comparator": JsCode("ClientGrid.compareText"),
        "getQuickFilterText": JsCode("ClientGrid.searchText"),
        "flex": 3,
        "minWidth": 146,
        "tooltipValueGetter": JsCode("ClientGrid.cutText"),
        "cellClass": "name",
    }


def _companies() -> Column:
    return {
        "colId": "companies",
        "headerName": "Distributor Client",
        "valueGetter": JsCode("ClientGrid.companyText"),
        "comparator": JsCode("ClientGrid.compareText"),
        "getQuickFilterText": JsCode("ClientGrid.searchText"),
        "flex": 4,
        "minWidth": 160,
        "cellRenderer": JsCode("ClientGrid.CompanyCell"),
        "tooltipValueGetter": JsCode("ClientGrid.companyTooltip"),
        "cellClass": "name",
    }


def _number(field: str, heading: str, narrow: int, wide: int) -> Column:
    """Return a column of ids, `narrow` to `wide` pixels: the names get what is left."""
    return {
        "colId": field,
        "headerName": heading,
        "field": field,
        "type": "rightAligned",
        "flex": 1,
        "minWidth": narrow,
        "maxWidth": wide,
        "filter": "agNumberColumnFilter",
        "getQuickFilterText": JsCode("ClientGrid.text"),
    }


def _flag(name: str, heading: str, getter: str, narrow: int) -> Column:
    """Return a column of tick marks. They have no text, so that searching 'new' finds names only."""
    return {
        "colId": name,
        "headerName": heading,
        "valueGetter": JsCode(getter),
        "flex": 1,
        "minWidth": narrow,
        "maxWidth": narrow + 26,
        "cellDataType": "boolean",
        "editable": False,
        "cellRenderer": JsCode("ClientGrid.TickMark"),
        "tooltipValueGetter": JsCode("ClientGrid.tickTooltip"),
        "headerClass": "centered",
        "cellClass": "middle centered",
        "getQuickFilterText": JsCode("ClientGrid.noText"),
    }


def _actions() -> Column:
    return {
        "colId": "actions",
        "headerName": "Actions",
        "initialWidth": 124,
        "cellRenderer": JsCode("ClientGrid.Actions"),
        "sortable": False,
        "filter": False,
        "cellClass": "middle",
        "getQuickFilterText": JsCode("ClientGrid.noText"),
    }
