import logging

import pytest

from billingbot.errors import StoreBusy
from billingbot.ui.failure import sentence


def test_our_own_error_shows_its_sentence() -> None:
    assert sentence(StoreBusy("Another process holds the file; end it.")) == "Another process holds the file; end it."


def test_a_foreign_error_shows_a_reference_that_stands_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        shown = sentence(KeyError("secret detail"))

    reference = shown.split("`")[1]
    assert reference in caplog.text
    assert "secret detail" not in shown
