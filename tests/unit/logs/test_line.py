import json
import logging
import sys
from typing import Any

import pytest

from billingbot.logs import conceal, under
from billingbot.logs.line import JsonLine, TextLine

NAUGHTY = 'Acme\n{"level": "critical"}\r\n2026-01-01T00:00:00.000Z error\x1b[2J\x9b1m\u2028\u202e\x00'


def record(message: str, *args: object, raised: BaseException | None = None) -> logging.LogRecord:
    exc_info = (type(raised), raised, raised.__traceback__) if raised else None
    return logging.LogRecord("billingbot.jobs", logging.WARNING, "a.py", 1, message, args or None, exc_info)


def read(line: str) -> dict[str, Any]:
    assert "\n" not in line
    return dict(json.loads(line))


def test_a_line_says_when_where_what_and_under_whose_request() -> None:
    with under("2135e233", actor="ann"):
        line = read(JsonLine(lambda: {"session": "f00d"}).format(record("refresh of %s ended", "pax8")))

    assert line.pop("time").endswith("Z")
    assert line == {
        "level": "warning",
        "logger": "billingbot.jobs",
        "message": "refresh of pax8 ended",
        "session": "f00d",
        "request": "2135e233",
        "actor": "ann",
    }


def test_what_is_not_known_is_not_in_the_line() -> None:
    assert set(read(JsonLine(dict).format(record("ready")))) == {"time", "level", "logger", "message"}


def test_no_message_and_no_name_can_forge_a_line() -> None:
    with under("2135e233", actor=NAUGHTY):
        line = JsonLine(dict).format(record("client %s", NAUGHTY))
        text = TextLine(dict).format(record("client %s", NAUGHTY))

    assert line.isascii()
    assert line.isprintable()
    assert read(line)["message"] == f"client {NAUGHTY}"
    assert text.isprintable()
    assert len(text.splitlines()) == 1


def test_a_traceback_cannot_forge_a_line_of_text() -> None:
    lines = TextLine(dict).format(record("failed", raised=KeyError("x"))).splitlines()
    forged = TextLine(dict).format(record("failed", raised=RuntimeError(f"x{NAUGHTY}"))).splitlines()

    assert lines[-1] == "    KeyError: 'x'"
    assert all(line.startswith("    ") for line in forged[1:])
    assert all(line.isprintable() for line in forged)


@pytest.mark.fault(19)
@pytest.mark.parametrize("kind", [JsonLine, TextLine])
def test_a_secret_is_in_no_part_of_a_line(kind: type[JsonLine | TextLine]) -> None:
    conceal('canary"in\\line')
    try:
        raise RuntimeError('it refuses canary"in\\line')
    except RuntimeError as error:
        cause = ValueError({"password": "canary-of-a-dict"})
        cause.__cause__ = error
        wanted = record("%s and %r", 'canary"in\\line', {"key": 'canary"in\\line'}, raised=cause)
    wanted.stack_info = 'Stack: canary"in\\line'

    with under("x", actor='canary"in\\line'):
        line = kind(dict).format(wanted)

    assert "canary" not in line
    assert line.count("***") >= 6


def test_a_record_whose_arguments_do_not_fit_is_logged_all_the_same() -> None:
    line = read(JsonLine(dict).format(record("%d rows of %s", "many")))

    assert line["message"].startswith("%d rows of %s (its arguments do not fit")


def test_what_is_too_long_keeps_its_beginning_and_its_end() -> None:
    line = read(JsonLine(dict).format(record("a" * 50_000 + "the end")))

    assert len(line["message"]) < 21_000
    assert line["message"].endswith("the end")


def test_letters_that_cannot_be_encoded_are_no_obstacle() -> None:
    for kind in (JsonLine, TextLine):
        kind(dict).format(record("half a letter \ud800")).encode(sys.stderr.encoding or "utf-8")
