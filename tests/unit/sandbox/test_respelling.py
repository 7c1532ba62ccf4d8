"""How another person spells a customer: one way at a time."""

from collections.abc import Callable
from random import Random

import pytest

from billingbot.sandbox import respelling


def spellings(way: Callable[[str, Random], str], name: str) -> set[str]:
    return {way(name, Random(seed)) for seed in range(200)}  # noqa: S311 - lifelike, not secret


def test_a_legal_form_is_spelled_otherwise_or_left_away() -> None:
    found = spellings(respelling.other_legal_form, "Amber Bay Dental Ltd")

    assert found == {f"Amber Bay Dental{form}" for form in ("", " Ltd", " Limited", " Ltd.", " LTD")}


def test_a_legal_form_after_a_comma_stays_after_it() -> None:
    assert "Amber Bay Dental, Inc." in spellings(respelling.other_legal_form, "Amber Bay Dental Inc")


def test_a_name_without_a_legal_form_gains_one() -> None:
    assert spellings(respelling.other_legal_form, "Fermi") == {"Fermi Ltd", "Fermi Inc", "Fermi LLC"}


@pytest.mark.parametrize(
    ("way", "name", "spelled"),
    [
        (respelling.other_case, "Amber Bay", {"AMBER BAY", "amber bay", "Amber Bay"}),
        (respelling.other_ampersand, "Bay & Oak", {"Bay and Oak", "Bay + Oak", "Bay&Oak"}),
        (respelling.other_ampersand, "Bay and Oak", {"Bay & Oak"}),
        (respelling.without_accents, "Großmann Ängström œuvre", {"Grossmann Angstrom oeuvre"}),
        (respelling.abbreviated, "Bay International", {"Bay Intl"}),
        (respelling.other_article, "The Bay", {"Bay"}),
        (respelling.other_article, "Bay", {"The Bay"}),
        (respelling.other_spaces, "Blue Sky", {"BlueSky", "Blue  Sky", "Blue Sky ", "Blue\u00a0Sky"}),
    ],
)
def test_a_way_of_respelling(way: Callable[[str, Random], str], name: str, spelled: set[str]) -> None:
    assert spellings(way, name) == spelled


def test_a_typo_changes_one_place_and_at_most_two_letters() -> None:
    found = spellings(respelling.typo, "Harvest") - {"Harvest"}

    assert {len(name) for name in found} == {6, 7, 8}
    assert all(name.startswith("Ha") for name in found)


def test_a_short_name_has_no_place_for_a_typo() -> None:
    assert spellings(respelling.typo, "A B") == {"A B"}


def test_a_number_comes_in_front_of_the_name() -> None:
    assert {name[4:] for name in spellings(respelling.with_number_prefix, "Bay")} == {" - Bay", " Bay"}
