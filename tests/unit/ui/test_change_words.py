"""Changes and batches in words."""

from collections.abc import Mapping

import pytest

from billingbot.domain.client_settings import ClientSettings, Setting
from billingbot.domain.decision import Action, Change, Entity
from billingbot.ui.change_words import SETTING_WORDS, batch_words, change_words


def edit(before: Mapping[str, object] | None, after: Mapping[str, object] | None) -> Change:
    return Change(Entity.CLIENT_SETTINGS, Action.EDIT, 5, None, before, after)


@pytest.mark.parametrize(
    ("action", "words"),
    [
        (Action.LINK, "Linked Acme GmbH"),
        (Action.UNLINK, "Unlinked Acme GmbH"),
        (Action.CONFIRM, "Confirmed Acme GmbH"),
        (Action.REVIEW, "Put back under review: Acme GmbH"),
        (Action.REJECT, "Rejected Acme GmbH"),
        (Action.FORGET, "Forgot the rejection of Acme GmbH"),
    ],
)
def test_what_was_done_to_a_company_names_it(action: Action, words: str) -> None:
    assert change_words(Change(Entity.MAPPING, action, 5, "c1", None, None), "Acme GmbH") == words


def test_a_company_without_a_name_is_called_by_its_id() -> None:
    assert change_words(Change(Entity.MAPPING, Action.LINK, 5, "c1", None, {}), "") == "Linked c1"


def test_a_hostile_name_is_left_as_it_is() -> None:
    name = "=cmd() <img src=x onerror=alert(1)> شركة 🐙"

    assert change_words(Change(Entity.MAPPING, Action.LINK, 5, "c1", None, {}), name) == f"Linked {name}"


def test_an_edit_names_each_setting_that_differs_in_the_order_of_the_dialog() -> None:
    before = {"excluded": False, "assignment": None, "last_invoice_id": 7}
    after = {"excluded": True, "assignment": "last", "last_invoice_id": None}

    assert (
        change_words(edit(before, after), "") == "Assignment: default → Last; Exclude: off → on; Last invoice: 7 → none"
    )


def test_the_first_edit_of_a_client_starts_from_the_defaults() -> None:
    row = {setting.value: value for setting, value in ClientSettings(excluded=True).values().items()}

    assert change_words(edit(None, row), "") == "Exclude: off → on"


def test_undoing_the_first_edit_ends_at_the_defaults() -> None:
    row = {setting.value: value for setting, value in ClientSettings(excluded=True).values().items()}

    assert change_words(edit(row, None), "") == "Exclude: on → off"


def test_an_edit_without_a_difference_says_so() -> None:
    assert change_words(edit({"version": 1}, {"version": 2}), "") == "Nothing changed"


def test_every_setting_has_words() -> None:
    assert list(SETTING_WORDS) == list(Setting)


def test_every_action_on_clients_has_words_in_a_batch() -> None:
    of_clients = list(Action)[: list(Action).index(Action.EDIT) + 1]
    words = batch_words(dict.fromkeys((action.value for action in of_clients), 1) | {"reject": 3, "forget": 2})

    assert words == (
        "Linked 1 company, unlinked 1 company, confirmed 1 link, put 1 link back under review, rejected 2 pairs, "
        "forgot 1 rejection, changed the settings of 1 client"
    )


def test_an_empty_batch_says_that_nothing_changed() -> None:
    assert batch_words({}) == "Nothing changed"
