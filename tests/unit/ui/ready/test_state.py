"""What the page remembers, and what it forgets."""

from billingbot.ui.ready.state import DialogKind, ReadyState, View


def test_another_month_begins_with_nothing_ticked_and_the_summary() -> None:
    state = ReadyState()
    state.enter("pax8", "2026-10")
    state.ticked.add(1)
    state.show(View.DETAIL, 1)

    state.enter("pax8", "2026-10")
    assert (state.ticked, state.view, state.client_id) == ({1}, View.DETAIL, 1)

    state.enter("pax8", "2026-09")
    assert (state.ticked, state.view, state.client_id) == (set(), View.SUMMARY, None)


def test_the_first_click_wins_while_a_dialog_is_open() -> None:
    state = ReadyState()
    state.open_dialog(DialogKind.EXPORT, [1, 2], "Ready")
    state.open_dialog(DialogKind.ASSIGN)

    assert state.dialog is not None
    assert (state.dialog.kind, state.dialog.client_ids, state.dialog.filters) == (DialogKind.EXPORT, (1, 2), "Ready")


def test_what_was_sent_is_unticked_once_and_can_be_ticked_again() -> None:
    state = ReadyState(ticked={1, 2})
    state.untick_sent("s1", {1})
    assert state.ticked == {2}

    state.ticked.add(1)
    state.untick_sent("s1", {1})
    assert state.ticked == {1, 2}
