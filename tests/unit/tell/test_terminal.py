"""Foreign text in a terminal: it cannot steer it, and tables stay in line."""

import pytest

from billingbot.tell.terminal import name_shown, shown, table


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("\x1b]0;owned\x07Acme", "]0;owned Acme"),
        ("Acme\u202egnp.exe", "Acme gnp.exe"),
        ("Acme\x9b2J", "Acme 2J"),
        ("two\r\nlines\u2028more", "two lines more"),
        ("half \ud800 a pair", "half a pair"),
        ("Łódź & Söhne 株式会社", "Łódź & Söhne 株式会社"),
    ],
)
def test_controls_become_blanks_and_letters_stay(text: str, line: str) -> None:
    assert shown(text) == line


def test_what_is_written_from_right_to_left_is_set_apart_also_when_it_is_cut() -> None:
    assert shown("שלום 12") == "\u2068שלום 12\u2069"
    assert name_shown("ש" * 50) == f"\u2068{'ש' * 39}…\u2069"


def test_columns_stay_in_line_whatever_letters_are_in_them() -> None:
    rows = [("株式会社", "1.00"), ("Zoe\u0308", "1,000.00"), (shown("שלום"), "")]

    assert table(("Client", "Total"), rows, "<>") == [
        "Client       Total",
        "株式会社      1.00",
        "Zoe\u0308       1,000.00",
        "\u2068שלום\u2069",
    ]
