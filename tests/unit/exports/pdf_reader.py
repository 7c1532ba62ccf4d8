"""Reads a PDF as Chrome's viewer does: what a person can search for and copy, and where it stands."""

from collections.abc import Iterator
from dataclasses import dataclass

from pypdfium2 import PdfDocument, PdfPage
from pypdfium2.raw import FPDFText_GetUnicode


@dataclass(frozen=True, slots=True)
class Box:
    """A character and the space that its glyph covers, in points from the page's lower left corner."""

    char: str
    left: float
    bottom: float
    right: float
    top: float


def page_texts(content: bytes) -> list[str]:
    """Return the text of each page, lines parted by line breaks."""
    with PdfDocument(content) as document:
        return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]


def boxes(content: bytes) -> Iterator[Box]:
    """Yield each character that is drawn."""
    with PdfDocument(content) as document:
        for page in document:
            yield from _page_boxes(page)


def _page_boxes(page: PdfPage) -> Iterator[Box]:
    text = page.get_textpage()
    for index in range(text.count_chars()):
        char = chr(FPDFText_GetUnicode(text.raw, index))
        if char.strip():
            yield Box(char, *text.get_charbox(index))
