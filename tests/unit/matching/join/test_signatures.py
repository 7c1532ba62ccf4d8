"""The signature of a key, and why nothing is lost by it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Indel

from billingbot.matching.join.signatures import choose_bits, letter_counts, signatures

# Few letters, so that the same ones meet; of one, two, three and four bytes, and a lone surrogate.
KEYS = st.lists(st.text(alphabet="aab é東😀z09\ud800", max_size=14), min_size=1, max_size=12)


def bits_apart(one: str, other: str, among: list[str]) -> int:
    bits = choose_bits(letter_counts(among))
    [left, right] = signatures(letter_counts([one, other]), bits)
    return int(np.bitwise_count(left ^ right))


def test_letters_are_counted_for_each_key() -> None:
    counts = letter_counts(["abba", "", "b 7"])

    assert counts.sum(axis=1).tolist() == [4, 0, 3]
    assert (counts[0] > 0).sum() == 2
    assert (counts[2] > 0).sum() == 3


def test_letters_digits_and_space_are_told_apart() -> None:
    alphabet = "abcdefghijklmnopqrstuvwxyz0123456789 "

    assert (letter_counts([alphabet]) > 0).sum() == len(alphabet)


def test_more_than_255_of_a_letter_do_not_start_from_0_again() -> None:
    assert letter_counts(["a" * 256]).max() == 255


def test_counts_do_not_depend_on_how_many_keys_are_counted_at_once() -> None:
    keys = [letter * 300_000 for letter in "abcdefgh"] + ["", "tail"]

    together = letter_counts(keys)

    assert (together == np.concatenate([letter_counts([key]) for key in keys])).all()


def test_no_keys_have_no_counts() -> None:
    assert signatures(letter_counts([]), choose_bits(letter_counts([]))).shape == (0,)


def test_bits_tell_unlike_keys_apart() -> None:
    names = ["brightwater dental", "kellerman logistics", "quartz hill farms", "zumba expo"]

    assert bits_apart(names[0], names[1], names) >= 8


@settings(deadline=None)
@given(KEYS, st.data())
def test_keys_differ_in_no_more_bits_than_edits(keys: list[str], data: st.DataObject) -> None:
    one, other = data.draw(st.sampled_from(keys)), data.draw(st.sampled_from(keys))

    assert bits_apart(one, other, keys) <= Indel.distance(one, other)


@settings(deadline=None)
@given(KEYS)
def test_the_order_of_words_does_not_show(keys: list[str]) -> None:
    bits = choose_bits(letter_counts(keys))
    backwards = [" ".join(reversed(key.split(" "))) for key in keys]

    assert (signatures(letter_counts(keys), bits) == signatures(letter_counts(backwards), bits)).all()


@pytest.mark.parametrize("key", ["a", "東京", "😀"])
def test_equal_keys_have_equal_signatures(key: str) -> None:
    assert bits_apart(key, key, [key, "b"]) == 0
