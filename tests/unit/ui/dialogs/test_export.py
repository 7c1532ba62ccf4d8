"""Export: what is offered, and that it is built from what the grid shows."""

from billingbot.ui.client_page import DialogKind
from tests.unit.ui.dialogs.dialog_page import Desk, DialogPage


def opened(desk: Desk, client_ids: list[int], filters: str = "") -> DialogPage:
    page = desk.page()
    page.state.open(DialogKind.EXPORT, client_ids, filters)
    return page.run()


def download(page: DialogPage) -> str:
    return str(page.at.download_button[0].label)


def test_what_is_shown_and_all_are_offered_with_their_numbers(desk: Desk) -> None:
    page = opened(desk, [1, 2, 3])

    assert page.at.radio[0].options == ["Shown now (3 clients)", "All (60 clients)"]
    assert page.at.radio[0].value is False


def test_each_format_is_offered_with_a_byte_order_mark_only_for_csv(desk: Desk) -> None:
    page = opened(desk, [1])
    assert (download(page), len(page.at.checkbox)) == ("Download Excel", 0)

    page.at.segmented_control(key=page.key("format")).set_value("csv")
    page.run()

    assert download(page) == "Download CSV"
    assert [(box.label, box.value) for box in page.at.checkbox] == [("With BOM, for Excel", True)]

    page.at.segmented_control(key=page.key("format")).set_value("pdf")
    page.run()

    assert (download(page), len(page.at.checkbox)) == ("Download PDF", 0)


def test_nothing_is_exported_when_nothing_is_shown_but_all_can_be(desk: Desk) -> None:
    page = opened(desk, [])
    button = page.at.download_button[0]
    assert (button.disabled, button.help) == (True, "There are no clients to export.")

    page.at.radio[0].set_value(True)
    page.run()

    assert not page.at.download_button[0].disabled


def test_closing_saves_nothing(desk: Desk) -> None:
    page = opened(desk, [1])

    page.click("cancel")

    assert (page.state.dialog, page.state.notice) == (None, None)
