"""The companies nearest to a client by their 3-grams."""

from collections import Counter
from collections.abc import Sequence
from math import log, sqrt
from random import Random

import pytest

from billingbot.matching.suggestions.nearest import Nearest
from billingbot.matching.suggestions.suggest import FLOOR, suggest

Row = tuple[int, int, float]


def rows(
    clients: Sequence[str],
    companies: Sequence[str],
    corpus: Sequence[str] | None = None,
    rejected: Sequence[tuple[int, int]] = (),
    per_client: int = 5,
) -> list[Row]:
    found = suggest(clients, companies, [*clients, *companies] if corpus is None else corpus, rejected, per_client)
    return list(zip(found.client.tolist(), found.company.tolist(), found.score.tolist(), strict=True))


def pairs(
    clients: Sequence[str], companies: Sequence[str], rejected: Sequence[tuple[int, int]] = ()
) -> list[tuple[int, int]]:
    return [(client, company) for client, company, _ in rows(clients, companies, rejected=rejected)]


def grams(key: str) -> Counter[str]:
    return Counter(f" {word} "[i : i + 3] for word in key.split() for i in range(len(word)))


class Corpus:
    """What the names of a corpus tell about a gram, worked out the obvious way."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._size = max(len(keys), 1)
        self._names = Counter(gram for key in keys for gram in grams(key))

    def product(self, one: Counter[str], other: Counter[str]) -> float:
        return sum(one[gram] * other[gram] * self._squared_idf(gram) for gram in one)

    def cosine(self, one: str, other: str) -> float:
        this, that = grams(one), grams(other)
        if not this or not that:
            return 0.0
        return self.product(this, that) / sqrt(self.product(this, this) * self.product(that, that))

    def _squared_idf(self, gram: str) -> float:
        return round(log(1 + self._size / max(self._names[gram], 1)) ** 2 * 64) / 64


def by_comparing_all(
    clients: Sequence[str], companies: Sequence[str], corpus: Sequence[str], rejected: Sequence[tuple[int, int]] = ()
) -> list[Row]:
    known = Corpus(corpus)
    found: list[Row] = []
    for client, key in enumerate(clients):
        allowed = [company for company in range(len(companies)) if (client, company) not in rejected]
        scores = sorted((-known.cosine(key, companies[company]), company) for company in allowed)
        found += [(client, company, -score) for score, company in scores if -score >= FLOOR][:5]
    return found


SCRIPTS = {
    "latin": "acme brightwater dental group harbour harbor of and north 1 12 supply supplies é ø bananana",
    "cyrillic": "север край строй стройка банк и",
    "chinese": "东 东方 东方明珠 北京 京 公司",
    "mixed": "acme 東京 مكتب النور 😀 😀😀 x \ud800 a\x00b",
}


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("seed", range(6))
def test_the_suggestions_are_those_of_comparing_all_with_all(script: str, seed: int) -> None:
    random = Random(seed)  # noqa: S311
    words = SCRIPTS[script].split(" ")

    def names(count: int) -> list[str]:
        return [" ".join(random.choices(words, k=random.randint(0, 4))) for _ in range(count)]

    clients, companies, elsewhere = names(25), names(30), names(20)
    rejected = [(random.randrange(25), random.randrange(30)) for _ in range(40)]
    corpus = [*clients, *companies, *elsewhere]

    found = rows(clients, companies, corpus, rejected)

    expected = by_comparing_all(clients, companies, corpus, rejected)
    assert len(expected) > 25
    assert [pair[:2] for pair in found] == [pair[:2] for pair in expected]
    assert [pair[2] for pair in found] == pytest.approx([pair[2] for pair in expected], abs=1e-9)


def test_a_word_of_which_much_is_misspelled_is_found() -> None:
    companies = ["harborside dental", "northgate dental", "quillfeather"]

    assert pairs(["harbourside dental clinic"], companies)[0] == (0, 0)


def test_the_same_key_is_exactly_1() -> None:
    assert rows(["acme dental group"] * 2, ["acme dental group", "acme"])[0] == (0, 0, 1.0)


def test_what_is_not_near_is_not_suggested() -> None:
    assert rows(["brightwater dental"], ["quillfeather logistics", "mossy oak"]) == []


def test_a_word_that_many_names_have_is_not_near() -> None:
    others = [f"{first}{second}{third} dental" for first in "abcdef" for second in "ghijkl" for third in "mnopq"]

    assert rows(["zuzu dental"], ["vyvy dental"], others) == []


def test_the_floor_itself_is_near_enough_and_a_hair_less_is_not() -> None:
    search = Nearest(["acme dental"], ["acme legal"], ["acme dental", "acme legal"])
    [_], [score] = search.nearest("acme dental", 0, 1)

    assert len(search.nearest("acme dental", score, 1)[0]) == 1
    assert len(search.nearest("acme dental", score + 1e-9, 1)[0]) == 0


def test_how_rare_a_word_is_is_told_by_the_corpus_and_not_by_what_is_open() -> None:
    corpus = ["acme dental", "acme legal", *["borealis dental", "quill legal"] * 4]

    [(_, _, score)] = rows(["acme dental"], ["acme legal"], corpus)

    assert score == pytest.approx(Corpus(corpus).cosine("acme dental", "acme legal"))


def test_names_that_the_corpus_does_not_know_are_found() -> None:
    assert rows(["acme"], ["acme"], []) == [(0, 0, 1.0)]


def test_a_client_gets_the_five_nearest_best_first() -> None:
    companies = ["acme dental x", "acme dental", *(f"acme dental {end}" for end in ("xy", "xyz", "z", "zz zz"))]

    found = rows(["acme dental"], companies)

    assert [pair[1] for pair in found] == [1, 0, 4, 2, 3]


def test_fewer_can_be_asked_for() -> None:
    assert len(rows(["acme"], ["acme"] * 9, per_client=2)) == 2


def test_equal_names_are_suggested_in_the_order_of_the_list() -> None:
    companies = ["dental acme", "acme dental", "acme", "dental acme", "acme dental", "acme dental", "acme dental"]

    assert pairs(["acme dental", "acme dental"], companies) == [
        (client, company) for client in (0, 1) for company in (0, 1, 3, 4, 5)
    ]


def test_a_rejected_pair_gives_its_place_to_another() -> None:
    rejected = [(0, company) for company in range(4)]

    assert pairs(["acme", "acme"], ["acme"] * 12, rejected=rejected) == [
        *((0, company) for company in range(4, 9)),
        *((1, company) for company in range(5)),
    ]


def test_a_rejected_pair_does_not_come_back() -> None:
    assert pairs(["acme"], ["acme"], rejected=[(0, 0), (0, 0)]) == []


@pytest.mark.parametrize(
    ("clients", "companies"), [([], []), (["acme"], []), ([], ["acme"]), (["", "", "  "], ["", "acme", " "])]
)
def test_nothing_is_like_nothing(clients: list[str], companies: list[str]) -> None:
    assert rows(clients, companies) == []


def test_the_order_of_the_rows_changes_no_score() -> None:
    random = Random(7)  # noqa: S311
    words = SCRIPTS["latin"].split(" ")
    clients = sorted({" ".join(random.choices(words, k=3)) for _ in range(60)})
    companies = sorted({" ".join(random.choices(words, k=4)) for _ in range(60)})

    def scores(clients: list[str], companies: list[str]) -> dict[str, list[float]]:
        found: dict[str, list[float]] = {key: [] for key in clients}
        for client, _, score in rows(clients, companies):
            found[clients[client]].append(score)
        return found

    assert scores(clients, companies) == scores(random.sample(clients, len(clients)), companies[::-1])


@pytest.mark.parametrize("key", ["a\x1fb", "\u3000", "acme\u00a0dental", "\x00", "\t\n"])
def test_only_a_space_parts_words(key: str) -> None:
    found = rows([key, "acme"], [key, "acme"])

    assert [(client, company) for client, company, score in found if score == 1] == [(0, 0), (1, 1)]


def test_numbered_names_and_one_huge_name_are_answered() -> None:
    numbered = [f"copper kettle store {number:05}" for number in range(1, 1001)]

    found = rows([*numbered, "acme " * 20_000], [*numbered, "a" * 100_000])

    assert next(pair for pair in found if pair[0] == 41) == (41, 41, 1.0)
    assert max(Counter(pair[0] for pair in found).values()) == 5
