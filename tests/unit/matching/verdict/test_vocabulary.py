"""Which words other names use."""

from billingbot.matching.verdict.vocabulary import Vocabulary
from tests.unit.matching.pair_of_names import pair


def test_a_word_is_known_when_a_third_name_has_it() -> None:
    assert Vocabulary(["horizon group", "horizen group", "horizon foods"]).knows(
        "horizon", pair("Horizen Group", "Horizon Group")
    )


def test_a_word_that_only_the_two_compared_names_have_is_not_known() -> None:
    assert not Vocabulary(["horizon group", "horizen group"]).knows("horizon", pair("Horizen Group", "Horizon Group"))


def test_a_word_twice_in_one_name_is_one_name() -> None:
    assert not Vocabulary(["walla walla", "wallo walla"]).knows("wallo", pair("Walla Walla", "Wallo Walla"))
    assert not Vocabulary(["zig zig bar", "zag bar"]).knows("zig", pair("Zig Zig Bar", "Zag Bar"))


def test_an_empty_vocabulary_knows_nothing() -> None:
    assert not Vocabulary().knows("horizon", pair("Horizen", "Horizon"))
