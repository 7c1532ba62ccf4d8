"""The token rule: differences that do not make another name."""

import pytest

from billingbot.matching.verdict.explanations import explanation
from billingbot.matching.verdict.vocabulary import Vocabulary
from tests.unit.matching.pair_of_names import pair


@pytest.mark.parametrize(
    ("client", "company", "sentence"),
    [
        ("Acme Dental", "Acme Dental", "The names are the same."),
        (
            "The Café & Sons",
            "CAFE AND SONS",
            "The names are the same but for spelling: case, accents, punctuation, “the” or “&”.",
        ),
        ("Acme Sons", "ACME SONS LTD", "The names are the same; only the company has a legal form: ltd."),
        (
            "Acme Sons GmbH & Co. KG",
            "Acme Sons",
            "The names are the same; only the client has a legal form: co gmbh kg.",
        ),
        ("BlueSky Cabling", "Blue Sky Cabling", "The names are the same but for spaces."),
        (
            "Whitlock, James DDS",
            "James Whitlock DDS",
            "The names have the same words, and a comma explains their order.",
        ),
        (
            "Eaton Limited Duration Fund",
            "Eaton Ltd Duration Fund",
            "The names are the same; limited and ltd are one legal form.",
        ),
        ("Eaton Ltd Duration Fund", "Eaton Inc Duration Fund", None),
        ("Copper Kettles Cafe", "Copper Kettle Cafe", "The names are the same but for a plural: kettle / kettles."),
        ("Venter's Surveying", "Venter Surveying", "The names are the same but for a plural: venter / venters."),
        ("Ninemile Wells", "Nine Mile Wells", "The names are the same but for spaces."),
        (
            "Ardmore Medical Group AMG",
            "Ardmore Medical Group",
            "The names are the same; amg stands for the other words.",
        ),
        ("Bank of the West BW", "Bank of the West", None),
        ("House of Wax HOW", "House of Wax", "The names are the same; how stands for the other words."),
        (
            "Managment Partners",
            "Management Partners",
            "The names are the same but for a typing error: managment / management.",
        ),
    ],
)
def test_a_difference_that_is_explained_is_said(client: str, company: str, sentence: str | None) -> None:
    assert explanation(pair(client, company), Vocabulary()) == sentence


@pytest.mark.parametrize(
    ("client", "company"),
    [
        ("James Marshall Estates", "Marshall James Estates"),  # another order, and no comma
        ("Unit 1.2 Media", "Unit 12 Media"),  # another number
        ("Area X I Services", "Area XI Services"),
        ("Unit 3, Building 5", "Unit 5 Building 3"),  # the comma does not explain it
        ("Smith, Jones & Brown", "Jones Smith & Brown"),  # a list
        ("William Dental", "Williams Dental"),  # the first word is who it is
        ("Acme America Foods", "Acme Americas Foods"),  # a region, no plural
        ("Trust Worldwide Operations", "Trust Worldwide Operations TWO"),  # a number, no acronym
        ("Tobacco Companies Guild", "Tobacco Company Guild"),  # words, no legal forms
        ("James Marshall Estates", "Marshall James Estates, Inc."),  # the comma is the legal form's
        ("Redfern, Drummond & Associates", "Drummond, Redfern & Associates"),  # commas of a list
        ("Drake", "Drakes"),  # the whole name
        ("Tindall Holding", "Tindall Holdings"),  # two companies of one group
        ("Kettle Farms", "Kettle Farm"),  # too short for a plural to be told
        ("Anderson Dental", "Andersen Dental"),  # eight letters: two surnames
        ("Zanagement Partners", "Management Partners"),  # another first letter
        ("Managmnt Partners", "Management Partners"),  # two letters away
        ("Management Partner Group", "Managment Partners Group"),  # two words differ
        ("Ardmore Medical Group AMX", "Ardmore Medical Group"),  # no acronym
        ("銀行東京都中央区日本橋一号 本店", "銀行東京都中央区日本橋二号 本店"),  # one sign is one word
    ],
)
def test_what_may_be_another_name_is_not_explained(client: str, company: str) -> None:
    assert explanation(pair(client, company), Vocabulary()) is None


def test_two_words_that_other_names_use_are_no_typing_error() -> None:
    compared = pair("Wilmington Trust", "Wilmngton Trust")
    used = ["wilmington trust", "wilmngton trust", "wilmington foods"]

    assert explanation(compared, Vocabulary(used)) is not None
    assert explanation(compared, Vocabulary([*used, "wilmngton foods"])) is None
