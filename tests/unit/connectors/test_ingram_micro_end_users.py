"""When two names of Ingram Micro's are one company."""

import pytest

from billingbot.connectors.ingram_micro.end_users import companies_of, company_key, places_of
from billingbot.domain.party import Company


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Acme, Inc.", "ACME  INC"),
        ("Straße 7 GmbH", "STRASSE 7 GMBH"),
        ("Smith-Jones & Co", "smith jones   co."),
        ("Ａｃｍｅ", "Acme"),
        ("  Acme\u00a0Ltd ", "Acme Ltd"),
        ("O'Neil", "O’Neil"),
        ("Under_score", "under score"),
    ],
)
def test_case_spacing_and_punctuation_do_not_matter(one: str, other: str) -> None:
    assert company_key(one) == company_key(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Acme", "Acme Inc"),
        ("Müller", "Muller"),
        ("Acme 1", "Acme 2"),
        ("§§", "%%"),
        ("A.B.C.", "ABC"),
        ("東京", "京東"),
    ],
)
def test_words_do(one: str, other: str) -> None:
    assert company_key(one) != company_key(other)


def test_the_last_spelling_counts_and_nobody_is_no_company() -> None:
    assert companies_of(["ZEN", "acme", None, "", "Acme ", "   "]) == [Company("acme", "Acme"), Company("zen", "ZEN")]


@pytest.mark.parametrize(
    ("codes", "places"),
    [
        ([], []),
        (["", ""], []),
        (["10115", "10115"], ["10115"]),
        (["53223-2451", "53223", "532239999"], ["53223"]),
        (["53223-2451", "53223-9999"], ["532232451", "532239999"]),
        (["BS1 5TR", "bs15tr"], ["BS15TR"]),
    ],
)
def test_a_longer_form_of_a_postal_code_is_the_same_place(codes: list[str], places: list[str]) -> None:
    assert places_of(codes) == places
