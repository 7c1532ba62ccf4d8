"""A PDF with a pen that writes any script: what is simple the fast way, the rest shaped. Units are points."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from unicodedata import bidirectional, category

from fpdf import FPDF

from billingbot.errors import DomainError
from billingbot.exports.pdf.glyphs import BOLD, REGULAR, Face, Glyph, fallbacks, glyph, plain_advances

# Embedding the Arabic font makes fontTools complain about flags in it, which nobody can do anything about.
logging.getLogger("fontTools.ttLib.tables.O_S_2f_2").setLevel(logging.ERROR)

_ASCENT = 0.8
"""Where fpdf2 puts the baseline in a cell that is as high as its font, in em from the top."""


@dataclass(frozen=True, slots=True)
class Font:
    """How text looks. `size` is in points. Only the main script has bold letters."""

    size: float
    bold: bool = False


class Document(FPDF):
    """Pages of A4 in landscape. Takes only text that is `drawable`.

    Args:
        title: of the document, as a reader's window shows it.
    """

    def __init__(self, title: str) -> None:
        super().__init__("landscape", "pt", "A4")
        self.set_title(title)
        self.set_creator("BillingBot")
        self.set_auto_page_break(False)
        self.c_margin = 0
        # fpdf2 would show a client who is called {nb} as the number of pages.
        self.str_alias_nb_pages = ""
        self.add_font(REGULAR.name, "", REGULAR.path)
        self.add_font(REGULAR.name, "B", BOLD.path)

    def measure(self, text: str, font: Font) -> float:
        """Return how wide `write_at` draws the text."""
        widths = _widths(REGULAR, font)
        if widths.keys() >= set(text):
            return sum(map(widths.__getitem__, text)) * font.size
        if _is_plain(text):
            return sum(width for _, _, width in _runs(text, font))
        with self._shaping(text, font):
            return self.get_string_width(text)

    def write_at(self, x: float, baseline: float, text: str, font: Font) -> None:
        """Draw the text to the right of x, also where it is read from right to left."""
        if _widths(REGULAR, font).keys() >= set(text):
            self._select(REGULAR, font)
            self.text(x, baseline, text)
        elif _is_plain(text):
            for face, run, width in _runs(text, font):
                self._select(face, font)
                self.text(x, baseline, run)
                x += width
        else:
            with self._shaping(text, font), self._searchable(text):
                self.set_xy(x, baseline - _ASCENT * font.size)
                self.cell(h=font.size, text=text)
            # fpdf2 chose the font for this cell only, and believes that it is chosen from here on.
            self.current_font_is_set_on_page = False

    def _select(self, face: Face, font: Font) -> None:
        if face.name not in self.fonts:
            self.add_font(face.name, "", face.path)
        self.set_font(face.name, "B" if font.bold and face is REGULAR else "", font.size)

    @contextmanager
    def _shaping(self, text: str, font: Font) -> Iterator[None]:
        """Let fpdf2 choose fonts, directions and forms of letters, from the fonts that the text needs."""
        needed = fallbacks(text)
        for face in (*needed, REGULAR):
            self._select(face, font)
        self.set_fallback_fonts([face.name for face in needed], exact_match=False)
        self.set_text_shaping(True)
        yield
        self.set_text_shaping(False)

    @contextmanager
    def _searchable(self, text: str) -> Iterator[None]:
        """Say what is written where glyphs do not: accents and vowels that are glyphs of their own have no character.

        Not for scripts from right to left, of which readers want the glyphs' order, nor for emoji, which they lose.
        """
        marked = any(category(char).startswith("M") for char in text)
        if not marked or any(bidirectional(char) in ("R", "AL") or char > "\uffff" for char in text):
            yield
            return
        self._out(f"/Span <</ActualText <FEFF{text.encode('utf-16-be').hex()}>>> BDC")
        yield
        self._out("EMC")


def _is_plain(text: str) -> bool:
    """Return whether the characters can be drawn one after the other, each as wide as it is."""
    return all(_glyph(char).plain for char in text)


def _runs(text: str, font: Font) -> Iterator[tuple[Face, str, float]]:
    """Yield the parts of a plain text that come from one file, each with its width."""
    for face, run in groupby(text, lambda char: _glyph(char).face):
        chars = "".join(run)
        yield face, chars, sum(map(_widths(face, font).__getitem__, chars)) * font.size


def _widths(face: Face, font: Font) -> Mapping[str, float]:
    return plain_advances(BOLD if font.bold and face is REGULAR else face)


def _glyph(char: str) -> Glyph:
    found = glyph(char)
    if found is None:
        raise DomainError(f"No font has {char!r}.")
    return found
