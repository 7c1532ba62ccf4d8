"""What is said of an entry: by whom, when, from which plan, and the so manieth sending it is."""

from dataclasses import replace

import pytest

from billingbot.ui.sending.entry_view import trace_words
from tests.unit.ui.sending.plans import entry


def test_the_first_sending_is_not_numbered() -> None:
    assert trace_words(entry("e")).endswith("plan 0123456789ab · reference BB-pax8-2026-11-7-1")


@pytest.mark.parametrize(
    ("revision", "words"),
    [(2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (13, "13th"), (21, "21st"), (112, "112th")],
)
def test_later_ones_say_the_so_manieth_they_are(revision: int, words: str) -> None:
    assert trace_words(replace(entry("e"), revision=revision)).endswith(f" · {words} sending")
