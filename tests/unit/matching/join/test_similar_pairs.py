"""The join finds what brute force finds, and nothing else."""

import random
from fractions import Fraction
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Indel

from billingbot.matching.join.similar_pairs import similar_pairs, similarity

WORDS = {
    "latin": "brightwater dental north logistics group and sons acme hill farms of the valley a".split(),
    "accents": "zürich ñandú français ærø łódź straße ōsaka".split(),
    "cyrillic": "ромашка строй край москва торговый дом".split(),
    "arabic": "شركة النور للتجارة الخليج".split(),
    "han": "東京 商事 株式 銀行 大阪 東".split(),
    "emoji": "😀 🏥🚑 👩‍⚕️ 🍕🍕".split(),
    "digits": "1 2 07 2024 100 10 11".split(),
}


def found(clients: list[str], companies: list[str], threshold: float) -> dict[tuple[int, int], float]:
    scores: dict[tuple[int, int], float] = {}
    for block in similar_pairs(clients, companies, threshold):
        for client, company, score in zip(
            block.client.tolist(), block.company.tolist(), block.score.tolist(), strict=True
        ):
            assert (client, company) not in scores
            scores[client, company] = score
    return scores


def brute_force(clients: list[str], companies: list[str], threshold: float) -> dict[tuple[int, int], float]:
    """Compare all with all in exact arithmetic."""
    least = Fraction(str(threshold))
    exact: dict[tuple[int, int], float] = {}
    for i, one in enumerate(clients):
        for j, other in enumerate(companies):
            both = len(one) + len(other)
            as_is, by_word = Indel.distance(one, other), Indel.distance(_sorted_words(one), _sorted_words(other))
            alike = both - min(as_is, by_word)
            if one and other and 100 * alike * least.denominator >= least.numerator * both:
                exact[i, j] = 100 * alike / both
    return exact


def _sorted_words(key: str) -> str:
    return " ".join(sorted(key.split(" ")))


def some_names(rng: random.Random, how_many: int) -> list[str]:
    """Names of one to five words, mostly of one script."""
    names = []
    for _ in range(how_many):
        words = WORDS[rng.choice([*WORDS])] + WORDS[rng.choice(["latin", "digits"])]
        names.append(" ".join(rng.choices(words, k=rng.randint(1, 5))))
    return names


def respelled(rng: random.Random, name: str) -> str:
    """The name after up to four edits: letters lost, added or doubled, words moved."""
    for _ in range(rng.randint(0, 4)):
        at = rng.randrange(len(name) + 1)
        words = name.split(" ")
        name = rng.choice(
            [
                name[:at] + name[at + 1 :],
                name[:at] + rng.choice("aeinrst 1東ж") + name[at:],
                name[:at] + name[max(at - 1, 0) :],
                " ".join(rng.sample(words, len(words))),
            ]
        )
    return " ".join(name.split())


def two_lists(seed: int, size: int = 40) -> tuple[list[str], list[str]]:
    rng = random.Random(seed)  # noqa: S311 - test data
    clients = [*some_names(rng, size), "", "x"]
    companies = [*(respelled(rng, rng.choice(clients)) for _ in range(size)), *some_names(rng, size // 3), "", "x"]
    return clients, companies


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**6), st.integers(700, 1000))
def test_the_pairs_are_those_of_brute_force(seed: int, tenths: int) -> None:
    clients, companies = two_lists(seed)

    pairs = found(clients, companies, tenths / 10)

    assert pairs == pytest.approx(brute_force(clients, companies, tenths / 10), abs=1e-6)
    assert pairs


@pytest.mark.parametrize("threshold", [*range(0, 101, 5), 0.1, 12.5, 33.3, 66.7, 99.9])
def test_any_threshold_is_right(threshold: float) -> None:
    clients, companies = two_lists(seed=1, size=30)

    assert found(clients, companies, threshold) == pytest.approx(brute_force(clients, companies, threshold), abs=1e-6)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.text(max_size=8), max_size=6), st.lists(st.text(max_size=8), max_size=6), st.sampled_from([40, 75, 90])
)
def test_any_text_is_right(clients: list[str], companies: list[str], threshold: int) -> None:
    companies = companies + clients

    assert found(clients, companies, threshold) == pytest.approx(brute_force(clients, companies, threshold), abs=1e-6)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(alphabet="ab \t\u3000", max_size=8), max_size=8), st.sampled_from([60, 75, 90]))
def test_no_pair_of_untidy_keys_is_lost(keys: list[str], threshold: int) -> None:
    assert found(keys, keys, threshold) == pytest.approx(brute_force(keys, keys, threshold), abs=1e-6)


@pytest.mark.parametrize("threshold", range(1, 101))
def test_exactly_the_threshold_counts_and_a_little_less_does_not(threshold: int) -> None:
    one = "a" * threshold + "b" * (100 - threshold)
    other = "a" * threshold + "c" * (100 - threshold)
    shorter = "a" * threshold + "c" * (99 - threshold) + "dd"

    assert found([one], [other, shorter], threshold) == {(0, 0): threshold}


@pytest.mark.parametrize("threshold", [70, 71, 80, 85, 90, 95])  # 0.29 * 200 is a little less than 58
def test_no_pair_at_the_end_of_the_length_window_is_lost(threshold: int) -> None:
    clients = ["a" * length for length in range(1, 131)]
    expected = brute_force(clients, clients, threshold)

    assert found(clients, clients, threshold) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("threshold", [70, 80, 90])
def test_no_pair_at_the_end_of_the_edit_budget_is_lost(threshold: int) -> None:
    letters = "etaoinshrdlucmfwypvbgkqjxz"
    clients = [letters[:10] + letters[10 : 10 + n] for n in range(10)]
    companies = [letters[:10] + letters[26 - n :] for n in range(10)]  # every edit changes another letter's count
    expected = brute_force(clients, companies, threshold)

    assert found(clients, companies, threshold) == pytest.approx(expected, abs=1e-6)


def test_only_the_order_of_words_differs() -> None:
    assert found(["brightwater dental"], ["dental brightwater"], 90) == {(0, 0): 100.0}


def test_an_empty_key_is_like_nothing() -> None:
    assert found(["", "a"], ["", "a"], 0) == {(1, 1): 100.0}


def test_a_repeated_key_is_found_at_each_of_its_places() -> None:
    assert found(["acme", "x", "acme"], ["acme", "", "acme"], 90).keys() == {(0, 0), (0, 2), (2, 0), (2, 2)}


@pytest.mark.parametrize(("clients", "companies"), [([], []), (["acme"], []), ([], ["acme"]), ([""], [""])])
def test_nothing_is_like_nothing(clients: list[str], companies: list[str]) -> None:
    assert found(clients, companies, 90) == {}


def test_keys_of_no_fitting_length_are_no_error() -> None:
    assert found(["a"], ["a" * 50], 90) == {}


def test_blocks_of_equal_names_stay_small() -> None:
    blocks = [len(block.score) for block in similar_pairs(["acme"] * 2_500, ["acme"] * 2_500, 90)]

    assert sum(blocks) == 2_500**2
    assert max(blocks) <= 1_000_000


def test_blocks_of_numbered_names_stay_small() -> None:
    names = [f"copper kettle store {number:04d}" for number in range(1_600)]

    blocks = [len(block.score) for block in similar_pairs(names, names, 90)]

    assert sum(blocks) > 1_000_000
    assert max(blocks) <= 1_000_000 + len(names)


def test_what_is_compared_at_once_changes_no_score() -> None:
    # The lone names keep their distance from the numbered ones in the alphabet, so these are compared pair by pair.
    numbered = [f"copper kettle {number:02d}" for number in range(40)]
    lone = [f"{letter * 8} {letter * 7}" for letter in "abdefghijklmnopqrstuvwxyz"]
    dense, sparse = found(numbered, numbered, 90), found(numbered + lone, lone + numbered, 90)

    shifted = {(i, j - len(lone)): score for (i, j), score in sparse.items() if i < len(numbered)}
    assert shifted == dense


def test_the_same_lists_give_the_same_blocks() -> None:
    clients, companies = two_lists(seed=2)
    once = partial(similar_pairs, clients, companies, 80)

    assert [block.company.tolist() for block in once()] == [block.company.tolist() for block in once()]


@settings(deadline=None)
@given(st.text(max_size=12), st.text(max_size=12))
def test_similarity_of_two_keys_is_what_the_join_says(one: str, other: str) -> None:
    expected = {(0, 0): similarity(one, other)} if one and other else {}

    assert found([one], [other], 0) == expected


@settings(deadline=None)
@given(st.text(max_size=12), st.text(max_size=12))
def test_similarity_does_not_depend_on_the_order(one: str, other: str) -> None:
    assert similarity(one, other) == similarity(other, one)


def test_an_empty_key_is_not_similar_to_itself() -> None:
    assert similarity("", "") == 0
