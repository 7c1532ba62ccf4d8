"""The item that a product most likely is stands first."""

from hypothesis import given
from hypothesis import strategies as st

from billingbot.matching.similar_items import Named, similar_items, words

ITEMS = [
    Named("Microsoft 365 Business Basic", ""),
    Named("Microsoft 365 Business Premium", "CFQ-PREM"),
    Named("Microsoft 365 Business Premium (Annual)", ""),
    Named("Exchange Online (Plan 1)", ""),
    Named("Exchange Online (Plan 2)", ""),
]
names = st.builds(Named, st.text(max_size=12), st.text(max_size=4))


def best(name: str, code: str = "") -> str:
    [[first]] = similar_items([Named(name, code)], ITEMS, 1)
    return ITEMS[first.place].name


def test_vendors_words_and_short_forms_do_not_matter() -> None:
    assert best("M365 Business Prem [New Commerce Experience]") == "Microsoft 365 Business Premium"
    assert best("Business Basic Microsoft 365") == "Microsoft 365 Business Basic"


def test_what_tells_products_apart_counts() -> None:
    assert best("Exchange Online (Plan 2)") == "Exchange Online (Plan 2)"
    assert best("Microsoft 365 Business Premium (Annual)") == "Microsoft 365 Business Premium (Annual)"


def test_an_equal_code_goes_before_any_name() -> None:
    assert best("Exchange Online (Plan 1)", "cfq-prem") == "Microsoft 365 Business Premium"


def sure(product: str, item: str) -> bool:
    [[first]] = similar_items([Named(product, "")], [Named(item, "")], 1)
    return first.sure


def test_a_word_that_may_tell_products_apart_makes_it_unsure() -> None:
    assert not sure("Exchange Online (Plan 1)", "Exchange Online (Plan 2)")
    assert not sure("Microsoft 365 E3", "Microsoft 365 E5")
    assert not sure("Microsoft 365 Business Premium", "Microsoft 365 Business Premium (Annual)")
    assert sure("Microsoft 365 E3 License", "365 E3 [New Commerce]")


def test_the_same_code_is_sure_whatever_the_names() -> None:
    [[first]] = similar_items([Named("Premium", "P1")], [Named("Something", "p1")], 1)

    assert (first.sure, first.same_code, first.score) == (True, True, 100)


def test_without_items_there_is_nothing_to_find() -> None:
    assert similar_items([Named("Premium", "")], [], 3) == [[]]


def test_a_name_of_signs_only_is_no_error() -> None:
    [[first]] = similar_items([Named("***", "")], [Named("!!!", "")], 1)

    assert 0 <= first.score <= 100
    assert words("[only brackets]") == "only brackets"


@given(st.lists(names, max_size=6), st.lists(names, max_size=6), st.integers(1, 4))
def test_scores_fall_and_are_of_a_hundred(products: list[Named], items: list[Named], best: int) -> None:
    found = similar_items(products, items, best)

    assert len(found) == len(products)
    for ranked in found:
        assert len(ranked) == min(best, len(items))
        assert [one.score for one in ranked] == sorted((one.score for one in ranked), reverse=True)
        assert all(0 <= one.score <= 100 for one in ranked)
        assert len({one.place for one in ranked}) == len(ranked)
