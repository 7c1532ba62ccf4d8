"""Two names side by side."""

from tests.unit.matching.pair_of_names import pair


def test_words_of_one_side_are_counted_not_only_looked_up() -> None:
    compared = pair("Walla Walla Foods", "Walla Foods Group")

    assert (compared.client_only, compared.company_only) == (["walla"], ["group"])


def test_legal_forms_and_spelling_are_no_difference() -> None:
    compared = pair("Brightwater & Sons Ltd", "BRIGHTWATER AND SONS")

    assert (compared.client_only, compared.company_only) == ([], [])


def test_a_replaced_word_is_named_when_it_is_all_that_differs() -> None:
    assert pair("Horizen Group", "Horizon Group").replaced_word == ("horizen", "horizon")
    assert pair("Horizen Group", "Horizon Foods").replaced_word is None
    assert pair("Horizon Group", "Horizon").replaced_word is None
