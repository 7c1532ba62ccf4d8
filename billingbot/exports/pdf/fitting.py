"""Text that stays inside its cell: on as many lines as there may be, and cut with an ellipsis behind them."""

from bisect import bisect_right
from collections.abc import Callable
from unicodedata import category

from billingbot.exports.pdf.glyphs import JOINERS

_ELLIPSIS = "…"
_LONGEST = 1_500
"""Characters; more never fit, and need not be measured."""
_SKIN_TONES = range(0x1F3FB, 0x1F400)


def fitted(text: str, width: float, lines: int, measure: Callable[[str], float]) -> tuple[list[str], bool]:
    """Return the lines of the text, none wider than `width`, at most `lines`; and whether some of it is cut.

    >>> fitted("Alder Creek Dental", 12, 2, len)
    (['Alder Creek', 'Dental'], False)
    >>> fitted("Alder Creek Orthodontics", 12, 2, len)
    (['Alder Creek', 'Orthodontics'], False)
    >>> fitted("Alder Creek Orthodontics Ltd", 12, 2, len)
    (['Alder Creek', 'Orthodontic…'], True)
    """
    rest, done = text[:_LONGEST], list[str]()
    while measure(rest) > width:
        if len(done) == lines - 1:
            return [*done, _cut(rest, width, measure)], True
        end = _end_of_line(rest, width, measure)
        done.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return [*done, rest], len(text) > _LONGEST


def _end_of_line(text: str, width: float, measure: Callable[[str], float]) -> int:
    """Return where the first line ends: at the last blank that it can hold, else anywhere."""
    fit = _fit(text, width, measure)
    blank = text.rfind(" ", 1, fit + 1)
    return blank if blank > 0 else fit


def _cut(text: str, width: float, measure: Callable[[str], float]) -> str:
    fit = _fit(text, width, lambda part: measure(part + _ELLIPSIS))
    cut = text[:fit].rstrip() + _ELLIPSIS
    return cut if measure(cut) <= width else ""


def _fit(text: str, width: float, measure: Callable[[str], float]) -> int:
    """Return how many characters fit, without taking apart a letter and its marks, or an emoji."""
    fit = bisect_right(range(1, len(text) + 1), width, key=lambda length: measure(text[:length]))
    while 0 < fit < len(text) and _belong_together(text[fit - 1], text[fit]):
        fit -= 1
    return fit


def _belong_together(left: str, right: str) -> bool:
    return left in JOINERS or right in JOINERS or category(right).startswith("M") or ord(right) in _SKIN_TONES
