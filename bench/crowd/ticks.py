"""Ticks in the client grid, as its script hands them over, and what the page tells the grid about them."""

import json
import secrets
from collections.abc import Mapping
from functools import partial
from typing import Any

from streamlit.proto.WidgetStates_pb2 import WidgetState

from bench.crowd.at_once import Outcome, timed
from bench.crowd.people import INTEGRATION, Person
from bench.crowd.socket_session import SocketSession

# Places in a row of the mail; the names of the columns come with the table.
_CLIENT, _NAME, _EXCLUDED, _VERSION = 0, 1, 10, 11


def ticked(session: SocketSession, person: Person, people: list[Person], times: int, outcome: Outcome) -> None:
    """Open the page, and tick Exclude and untick it until there were so many interactions, each checked strictly."""
    drawn = timed(outcome, "open", session.run)
    grid, mail = drawn.component(), drawn.mail()
    boot, version, excluded, applied = secrets.token_hex(12), _version(mail, person), False, mail["revision"]
    for number in range(1, times):
        tick = {"number": number, "kind": "tick", "client": person.client_id, "column": "excluded", "version": version}
        outbox = {"boot": boot, "integration": INTEGRATION, "applied": applied, "log": [tick | {"on": not excluded}]}
        state = WidgetState(id=grid, json_value=json.dumps(outbox))
        drawn = timed(outcome, "tick", partial(session.run, state))
        outcome.errors += [f"{person}: {said}" for said in drawn.failures()]
        mail, excluded = drawn.mail(), not excluded
        outcome.errors += _wrong(mail, person, boot, number)
        outcome.foreign += _foreign(mail, person, people)
        row = next(row for row in mail["rows"] if row[_CLIENT] == person.client_id)
        if row[_NAME] != person.name or row[_EXCLUDED] is not excluded or row[_VERSION] != version + 1:
            outcome.errors.append(f"{person}: tick {number} came back as {row}")
        version, applied = row[_VERSION], mail["revision"]


def _version(mail: Mapping[str, Any], person: Person) -> int:
    """Return the version of the client's settings that the session was shown; what has not changed has none yet."""
    return next((int(row[_VERSION]) for row in mail["rows"] if row[_CLIENT] == person.client_id), 0)


def _wrong(mail: Mapping[str, Any], person: Person, boot: str, number: int) -> list[str]:
    told = mail["notice"]["text"] if mail["notice"] else ""
    found = (mail["boot"], mail["acknowledged"], told.startswith(f"{person.name} · "))
    return [] if found == (boot, number, True) else [f"{person}: tick {number} was answered with {found}: {told}"]


def _foreign(mail: Mapping[str, Any], person: Person, people: list[Person]) -> list[str]:
    """Return whose names stand in what the mail tells this session alone: all but the rows, which everybody gets."""
    text = json.dumps({name: value for name, value in mail.items() if name != "rows"}, ensure_ascii=False)
    return [f"{person}: {other.name}" for other in people if other != person and other.name in text]
