"""The crowds: people at the pages, people at the grid, and strangers at a plain page."""

import secrets
from collections.abc import Callable
from functools import partial

from streamlit.proto.WidgetStates_pb2 import WidgetState

from bench.crowd.agent import AgentSession, Shown
from bench.crowd.at_once import Outcome, timed
from bench.crowd.people import INTEGRATION, Person
from bench.crowd.routine import Step, foreign, steps
from bench.crowd.socket_session import SocketSession
from bench.crowd.ticks import ticked

Crowd = Callable[[Person, Outcome], None]


def at_pages(address: str, people: list[Person], interactions: int) -> Crowd:
    """Return what a person does at the pages, over the agent API."""

    def work(person: Person, outcome: Outcome) -> None:
        session, page = AgentSession(address), None
        try:
            for _, step in zip(range(interactions), steps(person), strict=False):
                wanted = step.wanted(page)
                page = timed(outcome, step.name, partial(session.interact, **wanted))
                _judge(page, step, person, people, outcome)
                if not step.check(page):
                    outcome.errors.append(f"{person}: {step.name} did not show what is theirs")
        finally:
            session.close()

    return work


def at_grid(address: str, people: list[Person], interactions: int) -> Crowd:
    """Return what a person does in the grid, over the websocket: tick Exclude of the own client, again and again."""

    def work(person: Person, outcome: Outcome) -> None:
        session = SocketSession(address, f"integration={INTEGRATION}")
        try:
            ticked(session, person, people, interactions, outcome)
        finally:
            session.close()

    return work


def strangers_over_api(address: str, interactions: int) -> Crowd:
    """Return what somebody does at the plain page, over the agent API."""

    def work(person: Person, outcome: Outcome) -> None:
        session = AgentSession(address)
        try:
            timed(outcome, "open", session.interact)
            for number in range(1, interactions):
                typed = f"{person.name} {number}"
                page = timed(outcome, "type", partial(session.interact, widget_state={"text": typed}))
                if f"You typed {typed}" not in page.own_text():
                    outcome.errors.append(f"{person}: the plain page shows something else")
        finally:
            session.close()

    return work


def strangers_over_socket(address: str, interactions: int) -> Crowd:
    """Return what somebody does at the plain page, over the websocket."""

    def work(person: Person, outcome: Outcome) -> None:
        session = SocketSession(address)
        try:
            box = timed(outcome, "open", session.run).text_input()
            for number in range(1, interactions):
                typed = WidgetState(id=box, string_value=f"{person.name} {number} {secrets.token_hex(4)}")
                drawn = timed(outcome, "type", partial(session.run, typed))
                if f"You typed {typed.string_value}" not in drawn.texts():
                    outcome.errors.append(f"{person}: the plain page shows something else")
        finally:
            session.close()

    return work


def _judge(page: Shown, step: Step, person: Person, people: list[Person], outcome: Outcome) -> None:
    outcome.errors += [f"{person}: {step.name}: {said}" for said in page.failures()]
    outcome.foreign += [f"{person}: {step.name}: {name}" for name in foreign(page, step, person, people)]
