"""A PDF as its reader sees it."""

import logging
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from billingbot.exports.pdf_file import pdf_file
from billingbot.exports.table import Column, Kind, Table
from billingbot.sandbox.oddities import LONG, ODDITIES
from tests.unit.exports.pdf_reader import Box, boxes, page_texts
from tests.unit.exports.tables import COLUMNS, client_table, text_table

A4_LANDSCAPE, MARGIN = (842, 595), 28
HEADINGS = [column.heading for column in COLUMNS]


def text(table: Table) -> str:
    """Return the text of all pages, a blank for each line break."""
    return " ".join(page_texts(pdf_file(table).content)).replace("\n", " ")


def squeezed(text: str) -> str:
    """Return the text without blanks: a reader sees gaps, and guesses what they are."""
    return "".join(text.split())


def test_title_and_notes_are_on_the_first_page_only() -> None:
    first, *others = page_texts(pdf_file(client_table([f"Client {number}" for number in range(100)])).content)

    assert first.startswith(
        "Client Management\nIntegration: Pax8\nExported: 2026-11-26 10:00 UTC\nFilter: Review; search: acme\n"
    )
    assert len(others) > 1
    assert not any("Integration: Pax8" in other for other in others)


def test_headings_and_page_numbers_are_on_each_page() -> None:
    pages = page_texts(pdf_file(client_table([f"Client {number}" for number in range(100)])).content)

    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        assert " ".join(HEADINGS) in page.replace("\n", " ")
        assert page.endswith(f"Client Management {number} / {len(pages)}")


def test_every_row_is_on_one_page_in_its_order() -> None:
    names = [f"Client number {number}." for number in range(300)]

    found = text(client_table(names))

    assert sorted(names, key=found.index) == names
    assert all(found.count(name) == 1 for name in names)


def test_numbers_have_no_separators_and_flags_are_ticks() -> None:
    lines = page_texts(pdf_file(client_table(["Acme", "Best"])).content)[0].split("\n")

    assert "1 Acme 94.7 1234567 ✓" in lines
    assert "2 Best" in lines


def test_numbers_are_on_the_right_and_texts_on_the_left() -> None:
    found = [*boxes(pdf_file(client_table(["Best"] * 12)).content)]
    names = [box for box in found if box.char == "B"]
    ids = [[box for box in found if box.right < name.left and abs(box.bottom - name.bottom) < 2] for name in names]

    assert [len(digits) for digits in ids] == [1] * 9 + [2] * 3
    assert spread([max(box.right for box in digits) for digits in ids]) < 1.5
    assert spread([name.left for name in names]) < 1.5


def spread(edges: list[float]) -> float:
    return max(edges) - min(edges)


ODD = [client for client, _ in ODDITIES if client != LONG]
WORLD = [
    "مؤسسة النور التجارية",
    "شرکت گلستان پارسی",
    "ٹیکنالوجی پرائیویٹ لمیٹڈ",
    "שמש תוכנה בע״מ",
    'שמש תוכנה בע"מ 25',
    "श्री गणेश क्लिनिक प्राइवेट लिमिटेड",
    "बैंक ऑफ़ इंडिया",
    "บริษัท น้ำทิพย์ จำกัด",
    "株式会社さくら物流",
    "上海云杉科技有限公司",
    "주식회사 한빛소프트",
    "ООО «Северный Маяк»",
    "Ελληνική Εταιρεία ΑΕ",
    "Հայկական ՍՊԸ",
    "ქართული შპს",
    "தமிழ் மருத்துவமனை",
    "বাংলা ক্লিনিক",
    "Công ty TNHH Phở Việt",
    "🦷 Bright Smiles 🦷",
    "№ 5 → ① ✂ €",
]
HOSTILE = [
    "{nb} of {nb}",
    "{nb} שמש",
    "**bold** __it__",
    "[link](http://x)",
    "</span>",
    "(paren\\",
    "%PDF-1.4 endobj",
    "'tis",
]


@pytest.mark.parametrize("names", [ODD, WORLD, HOSTILE], ids=["odd", "world", "hostile"])
def test_every_name_can_be_found(names: list[str]) -> None:
    file = pdf_file(client_table(names))
    found = squeezed(page_texts(file.content)[0])

    assert [name for name in names if squeezed(name) not in found] == []
    assert file.missing == ""


def test_a_simple_name_below_a_shaped_one_is_drawn_in_its_own_font() -> None:
    assert "Acme Ltd" in text(text_table([["ქართული", "ক্লিনিক", "Acme Ltd"]]))


def test_alef_behind_lam_is_found_in_the_order_of_the_page() -> None:
    # They are one glyph. The file has its letters in the order of speech, and readers turn them with the whole word.
    on_the_page = "الشركة الإسلامية".replace("لإ", "إل").replace("لا", "ال")

    assert on_the_page in text(client_table(["الشركة الإسلامية"]))


def test_letters_and_accents_are_found_composed() -> None:
    assert normalize("NFC", "E\u0301cole Ng\u0302o") in text(text_table([["E\u0301cole Ng\u0302o"]]))


def test_line_breaks_and_control_characters_are_blanks_and_what_is_invisible_goes() -> None:
    assert "a b c d" in text(text_table([["a\nb\x00c\u202e\td\ufe0f"]]))


def test_what_no_font_has_is_shown_and_said() -> None:
    file = pdf_file(client_table(["𓀀 Pharaoh 𓀀", "𝕏 Ltd"]))
    found = " ".join(page_texts(file.content))

    assert file.missing == "𓀀𝕏"
    assert "� Pharaoh �" in found
    assert "No glyph for U+13000 EGYPTIAN HIEROGLYPH A001, U+1D54F MATHEMATICAL DOUBLE-STRUCK CAPITAL X" in found


def test_many_characters_that_no_font_has_are_counted() -> None:
    file = pdf_file(client_table(["".join(map(chr, range(0x13000, 0x13010)))]))

    assert len(file.missing) == 16
    assert "U+13007 EGYPTIAN HIEROGLYPH A006A and 8 more: shown as �." in " ".join(page_texts(file.content))


def test_a_long_text_is_cut_and_said() -> None:
    found = text(client_table([LONG, "Acme"]))

    assert "The Worshipful Benevolent and Charitable Association of Retired Lighthouse Keepers" in found
    assert "… 94.7 1234567 ✓" in found
    assert "Texts that end in … are cut" in found
    assert "are cut" not in text(client_table(["Acme"]))


@pytest.mark.parametrize("letters", ["W", "W ", "株", "क्लि", "ا", "ש ", "👩‍💻", "น้ำ", "Ж", "\u0301e"], ids=ascii)
def test_nothing_leaves_its_cell(letters: str) -> None:
    # Both columns are as wide; one holds only short digits, so that each box says to which it belongs.
    names, digits = [letters * count for count in (3, 40, 150, 300)], ["777"] * 4
    middle, end = A4_LANDSCAPE[0] / 2, A4_LANDSCAPE[0] - MARGIN
    left, right = (
        [box for box in boxes(pdf_file(text_table(columns, width=20)).content) if inside_the_table(box)]
        for columns in ([names, digits], [digits, names])
    )

    assert max(box.right for box in left if box.char != "7") <= middle
    assert min(box.left for box in left if box.char == "7") >= middle
    assert max(box.right for box in right if box.char != "7") <= end
    assert min(box.left for box in right if box.char != "7") >= middle


def inside_the_table(box: Box) -> bool:
    """Return whether the character is neither above the first row nor below the last one, where texts are wider."""
    return 430 < box.bottom < 520


def test_twenty_columns_fit_and_their_headings_are_whole() -> None:
    columns = (
        *(Column(heading, Kind.TEXT, 30) for heading in ("Halo Client", "Distributor Client", "Match Reason")),
        *(Column(heading, Kind.TEXT, 10) for heading in ("Status", "Company Id", "Last (# Invoice)", "Halo Id")),
        *(Column(f"Drop Favorable Prorates {number}", Kind.TEXT, 5) for number in range(13)),
    )
    rows = text_table([["Beaumont Brothers Orthodontics LLP"]] * 20).rows
    rows.columns = [column.heading for column in columns]
    content = pdf_file(Table("Wide", (), columns, rows)).content
    letters = [box for box in boxes(content) if box.char == "B"]

    found = "".join(page_texts(content)).replace("\n", " ")
    assert all(heading in found for heading in ("Halo Client", "Match Reason", "Last (# Invoice)"))
    assert found.count("Favorable") == 13
    assert min(box.top - box.bottom for box in letters) > 3.5  # capital letters of 5.5 points


def test_no_rows_are_said() -> None:
    [page] = page_texts(pdf_file(client_table([])).content)

    assert "No rows." in page
    assert page.endswith("1 / 1")


def test_one_row_is_one_page() -> None:
    assert len(page_texts(pdf_file(client_table(["Acme"])).content)) == 1


@pytest.mark.parametrize("rows", range(24, 30))
def test_rows_and_remarks_stay_above_the_foot_of_the_page(rows: int) -> None:
    content = pdf_file(client_table(["𓀀"] * rows)).content
    pages = len(page_texts(content))

    foot = "".join(box.char for box in boxes(content) if box.bottom < MARGIN + 12)

    assert foot == "".join(f"ClientManagement{number}/{pages}" for number in range(1, pages + 1))
    assert pages == (1 if rows < 28 else 2)


def test_nothing_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        pdf_file(client_table([*WORLD, *ODD, "a\u200db\u200cc"]))

    assert caplog.messages == []


HARD = "aاهؤل\u0651 של12(){nb}\u202e\u2067\u2069\u200d\u200c👩🏽💻🇬🇧कि\u094d้ำé\u0301\n\x00𓀀…"


@settings(deadline=None, max_examples=15)
@given(st.lists(st.text(alphabet=HARD) | st.text(max_size=3), max_size=10))
def test_any_text_makes_a_pdf(texts: list[str]) -> None:
    pages = page_texts(pdf_file(text_table([texts])).content)

    assert pages[-1].endswith(f"Texts {len(pages)} / {len(pages)}")
