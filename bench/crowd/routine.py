"""What a person of the crowd does over the agent API, and what each page has to show: their own, nobody else's."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bench.crowd.agent import Shown
from bench.crowd.people import INTEGRATION, Person
from billingbot.ui.work_queue import LABELS, TO_DO

_CHIPS = TO_DO[:3]
STEPS = 20

Check = Callable[[Shown], bool]
"""Says whether the page shows what belongs to the session."""


@dataclass(frozen=True, slots=True)
class Step:
    """An interaction. `wanted` is made from the page that the session was shown last.

    A page that `shows_all` has everybody's clients on it, as it must.
    """

    name: str
    wanted: Callable[[Shown | None], Mapping[str, Any]]
    check: Check
    shows_all: bool = False


def steps(person: Person) -> Iterator[Step]:
    """Yield the interactions of a person: an edit, then twice a walk through the pages, and back."""
    saved: list[str] = []
    excluded = "edit_company-1-0-excluded"
    yield _step("open dialog", lambda page: person.name in _dialog(page), page="", query_params=_address(person))
    yield _step("switch", lambda page: page.node(excluded)["value"] is True, widget_state={excluded: True})
    yield _step("save", lambda page: _was_saved(page, person, saved), trigger={"key": "edit_company-1-save"})
    for turn in range(2):
        yield from _walk(person, turn, saved)


def foreign(page: Shown, step: Step, person: Person, people: list[Person]) -> list[str]:
    """Return whose names stand in the page, besides the person's own."""
    if step.shows_all:
        return []
    text = page.own_text()
    return [other.name for other in people if other != person and other.name in text]


def _walk(person: Person, turn: int, saved: list[str]) -> Iterator[Step]:
    """Yield eight interactions: what each shows depends on what this session chose before."""
    chip = _CHIPS[(person.number + turn) % len(_CHIPS)]
    period = ("Today", "Last 7 days", "Last 30 days")[(person.number + turn) % 3]
    own = {"client": [person.name]}
    yield _step("own changes", lambda page: _has_own_change(page, person), page="activity", query_params=own)
    yield _step(
        "period",
        lambda page: page.node("activity-period")["value"] == period and _has_own_change(page, person),
        widget_state={"activity-period": period},
    )
    yield Step(
        "open change",
        lambda _: {"page": "activity", "query_params": own | {"batch": saved}},
        lambda page: page.query("batch") == saved[0] and person.name in _text(page, "activity-details"),
    )
    yield Step(
        "charges",
        lambda _: {"page": "ready", "query_params": _integration()},
        lambda page: page.node("ready-view")["value"] == ("Detail" if turn else "Summary"),
        shows_all=True,
    )
    yield Step(
        "detail",
        lambda _: {"widget_state": {"ready-view": "Detail"}},
        lambda page: page.node("ready-view")["value"] == "Detail",
        shows_all=True,
    )
    yield Step(
        "own charges",
        lambda page: {"widget_state": {_picker(page): person.name}},
        lambda page: person.name in _text(page, "ready-client"),
    )
    yield _step("clients", lambda page: page.mail()["queue"] is None, page="", query_params=_integration())
    yield Step(
        "chip",
        lambda page: {"widget_state": {"work-to-do": _option(page, "work-to-do", LABELS[chip])}},
        lambda page: page.mail()["queue"]["name"] == chip.value and page.query("filter") == chip.value,
    )


def _step(name: str, check: Check, **wanted: Any) -> Step:
    return Step(name, lambda _: wanted, check)


def _integration() -> dict[str, list[str]]:
    return {"integration": [INTEGRATION]}


def _address(person: Person) -> dict[str, list[str]]:
    return _integration() | {"client": [str(person.client_id)], "dialog": ["edit_company"]}


def _dialog(page: Shown) -> str:
    return next((str(node["props"]["title"]) for node in page.nodes() if node.get("type") == "dialog"), "")


def _was_saved(page: Shown, person: Person, saved: list[str]) -> bool:
    notice = page.mail()["notice"]
    saved.append(notice["batch"])
    return bool(notice["batch"]) and str(notice["text"]).startswith(person.name) and not _dialog(page)


def _has_own_change(page: Shown, person: Person) -> bool:
    """Say whether the list is searched for the client, and shows its change and none of another client."""
    table = next(node["data"] for node in page.nodes() if str(node.get("key")).startswith("activity-batch-"))
    place = [column["name"] for column in table["columns"]].index("Client")
    clients = [row[place] for row in table["preview"]["rows"]]
    of_one = [client for client in clients if not client.endswith(" clients")]
    return page.node("activity-client")["value"] == person.name and set(of_one) == {person.name}


def _text(page: Shown, key: str) -> str:
    return Shown({"tree": page.node(key)}).own_text()


def _picker(page: Shown | None) -> str:
    return next(str(node["key"]) for node in _known(page).nodes() if str(node.get("key")).endswith("-client"))


def _option(page: Shown | None, key: str, label: str) -> str:
    """Return the choice of that name, as it is offered now: a figure stands behind it."""
    offered: list[str] = _known(page).node(key)["props"]["options"]
    return next(option for option in offered if option.startswith(label))


def _known(page: Shown | None) -> Shown:
    if page is None:
        raise LookupError("no page was shown yet")
    return page
