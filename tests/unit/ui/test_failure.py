import logging

import pytest

from billingbot.errors import StoreBusy
from billingbot.ui.failure import sentence


def test_our_own_error_shows_its_sentence() -> None:
    shown = sentence(StoreBusy("Another process holds the file; end it."), "2135e233")

    assert shown == "Another process holds the file; end it."


def test_a_foreign_error_shows_the_id_of_the_request_that_stands_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        shown = sentence(KeyError("secret detail"), "2135e233")

    assert shown.split("`")[1] == "2135e233"
    assert "2135e233" in caplog.text
    assert "secret detail" not in shown
