"""The columns of the client grid, in their order, for AG Grid. Renderers are in static/grid/."""

from typing import Any

from st_aggrid import JsCode

from billingbot.domain.match import ClientStatus

Column = dict[str, Any]

# A no-break space, so that a narrow heading becomes "Last" over "(# Invoice)".
_NUMBER_OF_INVOICE = "(#\u00a0Invoice)"
_TICKED = {"true": "Yes", "false": "No"}


def client_columns() -> list[Column]:
    """Return fresh definitions: AG Grid's wrapper changes what it is given."""
    return [
        _status(),
        _number("client_id", "Halo Id", 64, 100),
        _client(),
        _companies(),
        _target("last_invoice_id", f"Last {_NUMBER_OF_INVOICE}", 84, 112),
        _target("recurring_invoice_id", f"Recurring {_NUMBER_OF_INVOICE}", 90, 116),
        {
            "groupId": "assign_invoice",
            "headerName": "Assign Invoice",
            "headerClass": "assign-invoice",
            "marryChildren": True,
            "children": [
                _flag("new", "New", "ClientGrid.isNew", 52),
                _flag("last", "Last", "ClientGrid.isLast", 52),
                _flag("recurring", "Recurring", "ClientGrid.isRecurring", 82),
            ],
        },
        _flag("excluded", "Exclude", "ClientGrid.isExcluded", 72),
        _actions(),
    ]


def selection_column() -> Column:
    """Return the column of boxes that select rows for bulk edit."""
    return {"width": 42, "minWidth": 42, "maxWidth": 42, "cellClass": "middle", "suppressHeaderMenuButton": True}


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
        "suppressKeyboardEvent": JsCode("ClientGrid.openKeys"),
        **_choice({status.value: status.value for status in ClientStatus}),
    }


def _client() -> Column:
    return {
        "colId": "client",
        "headerName": "Halo Client",
        "field": "client",
        "comparator": JsCode("ClientGrid.compareText"),
        "getQuickFilterText": JsCode("ClientGrid.searchText"),
        "flex": 3,
        "minWidth": 130,
        "tooltipValueGetter": JsCode("ClientGrid.cutText"),
        "cellClass": "name",
        "suppressKeyboardEvent": JsCode("ClientGrid.openKeys"),
    }


def _companies() -> Column:
    return {
        "colId": "companies",
        "headerName": "Distributor Client",
        "valueGetter": JsCode("ClientGrid.companyText"),
        "comparator": JsCode("ClientGrid.compareText"),
        "getQuickFilterText": JsCode("ClientGrid.searchText"),
        "flex": 4,
        "minWidth": 176,
        "cellRenderer": JsCode("ClientGrid.CompanyCell"),
        "tooltipValueGetter": JsCode("ClientGrid.companyTooltip"),
        "cellClass": "name",
        "suppressKeyboardEvent": JsCode("ClientGrid.buttonKeys"),
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
        "suppressKeyboardEvent": JsCode("ClientGrid.openKeys"),
    }


def _target(field: str, heading: str, narrow: int, wide: int) -> Column:
    """Return a column of target invoices, which says where one has to be picked."""
    return {
        **_number(field, heading, narrow, wide),
        "cellRenderer": JsCode("ClientGrid.TargetCell"),
        "tooltipValueGetter": JsCode("ClientGrid.targetTooltip"),
        "suppressKeyboardEvent": JsCode("ClientGrid.buttonKeys"),
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
        "suppressKeyboardEvent": JsCode("ClientGrid.tickKeys"),
        **_choice(_TICKED),
    }


def _choice(choices: dict[str, str]) -> Column:
    """Return the filter of a column that has few values, each with its label."""
    return {
        "filter": JsCode("ClientGrid.ChoiceFilter"),
        "filterParams": {"choices": choices},
        "floatingFilterComponent": JsCode("ClientGrid.ChoiceBar"),
    }


def _actions() -> Column:
    return {
        "colId": "actions",
        "headerName": "Actions",
        "initialWidth": 148,
        "cellRenderer": JsCode("ClientGrid.Actions"),
        "sortable": False,
        "filter": False,
        "cellClass": "middle",
        "getQuickFilterText": JsCode("ClientGrid.noText"),
        "suppressKeyboardEvent": JsCode("ClientGrid.buttonKeys"),
    }
