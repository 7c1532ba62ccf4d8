"""Export: what is offered, and that it is built from what the grid shows."""

from billingbot.ui.client_page import DialogKind
from tests.unit.ui.dialogs.dialog_page import Desk, DialogPage


def opened(desk: Desk, client_ids: list[int], filters: str = "") -> DialogPage:
    page = desk.page()
    page.state.open(DialogKind.EXPORT, client_ids, filters)
    return page.run()


def test_what_is_shown_and_all_are_offered_with_their_numbers_in_every_format(desk: Desk) -> None:
    page = opened(desk, [1, 2, 3])

    assert "Shown now (3 clients)" in page.said()
    assert "All (60 clients)" in page.said()
    assert [button.label for button in page.at.download_button] == ["Excel", "PDF", "CSV"] * 2
    assert not any(button.disabled for button in page.at.download_button)


def test_csv_has_a_byte_order_mark_unless_somebody_wants_none(desk: Desk) -> None:
    page = opened(desk, [1])

    assert [(box.label, box.value) for box in page.at.checkbox] == [("CSV with BOM, for Excel", True)]


def test_nothing_is_exported_when_nothing_is_shown_but_all_can_be(desk: Desk) -> None:
    buttons = opened(desk, []).at.download_button

    assert [button.disabled for button in buttons] == [True] * 3 + [False] * 3
    assert {button.help for button in buttons[:3]} == {"There are no clients to export."}


def test_closing_saves_nothing(desk: Desk) -> None:
    page = opened(desk, [1])

    page.click("cancel")

    assert (page.state.dialog, page.state.notice) == (None, None)
