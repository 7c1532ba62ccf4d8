"""Finding a table of a dialog by one of its columns: one in which nothing can be selected has no key in a test."""

import pandas as pd

from tests.unit.ui.dialogs.dialog_page import DialogPage


def table_with(page: DialogPage, column: str) -> pd.DataFrame:
    """Return the only table that has the column."""
    [table] = [table for table in page.tables() if column in table.columns]
    return table
