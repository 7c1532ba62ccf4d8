"""Buttons that download a table as a file: Excel, PDF or CSV. The file is made at the click, not at each draw."""

from collections.abc import Callable, Mapping

import streamlit as st

from billingbot.jobs.export_file import FileKind

_NAMES: Mapping[FileKind, str] = {FileKind.EXCEL: "Excel", FileKind.PDF: "PDF", FileKind.CSV: "CSV"}
_MIMES: Mapping[FileKind, str] = {
    FileKind.EXCEL: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.PDF: "application/pdf",
    FileKind.CSV: "text/csv",
}


def draw_download(kind: FileKind, make: Callable[[], bytes], file_name: str, key: str, refusal: str = "") -> None:
    """Draw the button of one kind of file; `refusal` says why there is none, "" when there is."""
    st.download_button(
        _NAMES[kind],
        data=make,
        file_name=file_name,
        mime=_MIMES[kind],
        on_click="ignore",
        icon=":material/download:",
        disabled=bool(refusal),
        help=refusal or None,
        key=key,
    )
