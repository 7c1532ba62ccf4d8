"""Which font draws which character. The fonts are files of Python packages, free to embed (SIL Open Font License)."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import uharfbuzz as hb

REPLACEMENT = "\ufffd"
"""Drawn for a character that no font has."""
JOINERS = frozenset("\u200c\u200d")
"""Invisible, and tell a font how to join their neighbours."""
_VARIATIONS = frozenset(map(chr, [*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]))


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """A font, one object a file. `shaped`: glyphs depend on their neighbours and cannot be drawn one by one."""

    name: str
    path: Path
    shaped: bool


@dataclass(frozen=True, slots=True)
class Glyph:
    """How a character is drawn. Not `plain`: only together with its neighbours."""

    face: Face
    plain: bool


def _face(package: str, file: str, shaped: bool = False) -> Face:
    path = Path(str(files(package))) / file
    return Face(path.stem.split("[")[0].lower(), path, shaped)


def _noto(script: str, shaped: bool) -> Face:
    return _face("manimgx_fonts", f"Noto{script}[wght].ttf", shaped)


_PLEX = "fontpkg_ibm_plex_sans_condensed"
REGULAR = _face(_PLEX, "files/IBMPlexSansCondensed-Regular.ttf")
BOLD = _face(_PLEX, "files/IBMPlexSansCondensed-SemiBold.ttf")
_SHAPED = """
    SansHebrew SansArabic SansBengali SansDevanagari SansGujarati SansGurmukhi SansKannada SansKhmer SansLao
    SansMalayalam SansMyanmar SansOriya SansSinhala SansTamil SansTelugu SansThai Emoji
""".split()
_FACES = (
    REGULAR,
    _noto("Sans", shaped=False),
    # Before Noto's Arabic, which draws letters and dots apart, so that no reader finds the words again.
    _face("fontpkg_almarai", "files/Almarai-Regular.ttf", shaped=True),
    *(_noto(f"Sans{script}", shaped=False) for script in ("Armenian", "Ethiopic", "Georgian", "Symbols")),
    *(_noto(script, shaped=True) for script in _SHAPED),
    _face("noto_cjk_sans_jp_regular", "NotoSansCJKjp-Regular.otf"),
)


@cache
def advances(face: Face) -> Mapping[str, float]:
    """Return the characters that a font draws or joins with, each with its width in em."""
    opened = hb.Face(hb.Blob.from_file_path(face.path))
    font = hb.Font(opened)
    return {
        char: font.get_glyph_h_advance(font.get_nominal_glyph(ord(char))) / opened.upem
        for char in map(chr, opened.unicodes)
        if char in JOINERS or not unicodedata.category(char).startswith("C")
    }


@cache
def plain_advances(face: Face) -> Mapping[str, float]:
    """Return the characters that can be drawn one after the other, each as wide as it is; none of a shaped font."""
    return {char: advance for char, advance in advances(face).items() if _is_plain(char, face)}


def _is_plain(char: str, face: Face) -> bool:
    return not (face.shaped or char in JOINERS or unicodedata.category(char).startswith("M"))


@cache
def glyph(char: str) -> Glyph | None:
    """Return how a character is drawn by the first font that has it; None when no font has it."""
    for face in _FACES:
        if char in advances(face):
            return Glyph(face, _is_plain(char, face))
    return None


def fallbacks(text: str) -> tuple[Face, ...]:
    """Return the fonts, next to the regular one, that the text needs; one for all of it when there is one.

    Letters of one word that come from two fonts would not join.
    """
    hard = [char for char in dict.fromkeys(text) if char not in JOINERS and char not in advances(REGULAR)]
    for face in _FACES:
        if all(char in advances(face) for char in hard):
            return (face,) if hard else ()
    return tuple(dict.fromkeys(found.face for char in hard if (found := glyph(char))))


def drawable(text: str, missing: set[str]) -> str:
    """Return the text as it can be drawn in one line, and add the characters that no font has to `missing`.

    Letters and their accents are composed; line breaks and control characters become blanks; what is invisible goes.
    """
    if plain_advances(REGULAR).keys() >= set(text):
        return text
    return "".join(_drawable(char, missing) for char in unicodedata.normalize("NFC", text))


def _drawable(char: str, missing: set[str]) -> str:
    category = unicodedata.category(char)
    if category in ("Cc", "Zl", "Zp"):
        return " "
    if char in _VARIATIONS or (category == "Cf" and char not in JOINERS):
        return ""
    if glyph(char):
        return char
    missing.add(char)
    return REPLACEMENT
