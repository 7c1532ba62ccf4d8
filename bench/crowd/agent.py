"""A session over Streamlit's agent API: what it sends, and the page that comes back."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any

_PATH = "/_stcore/agent/interact"
_SECONDS = 120
_FAILED = ("exception", "error")
# What every session is shown of the others: what can be chosen, and the rows of the grid that have changed.
_SHARED = ("options", "value_schema")

Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shown:
    """A page as a session got it back."""

    content: Mapping[str, Any]

    def nodes(self) -> Iterator[Node]:
        """Yield all elements, from top to bottom."""
        waiting: list[Node] = [self.content["tree"]]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += reversed(node.get("children", []))

    def node(self, key: str) -> Node:
        """Return the element with that key. Raises `LookupError`."""
        for node in self.nodes():
            if node.get("key") == key:
                return node
        raise LookupError(f"the page has no {key}")

    def mail(self) -> Mapping[str, Any]:
        """Return what the page tells the client grid. Raises `LookupError`."""
        for node in self.nodes():
            if (body := str(node.get("props", {}).get("body", ""))).startswith("<div data-mail='"):
                return dict(json.loads(body.removeprefix("<div data-mail='").removesuffix("'></div>")))
        raise LookupError("the page has no mail for the grid")

    def query(self, name: str) -> str:
        """Return a value of the address."""
        return next(iter(self.content["query_params"].get(name, [])), "")

    def failures(self) -> list[str]:
        """Return what went wrong on the page, as it says it."""
        said = [str(node.get("props")) for node in self.nodes() if node.get("type") in _FAILED]
        return said or ([] if self.content["status"] == "ready" else [str(self.content["status"])])

    def own_text(self) -> str:
        """Return everything on it but what every session is shown."""
        return json.dumps([_without_shared(node) for node in self.nodes()], ensure_ascii=False)


class AgentSession:
    """A session of an app. Its first interaction begins it."""

    def __init__(self, address: str) -> None:
        self._connection = HTTPConnection(address.removeprefix("http://"), timeout=_SECONDS)
        self._session: dict[str, str] = {}

    def interact(self, **wanted: Any) -> Shown:
        """Send what is wanted (`widget_state`, `trigger`, `page`, `query_params`) and return the page after it.

        Raises `RuntimeError` when the app refuses it.
        """
        body = json.dumps({**self._session, **wanted})
        self._connection.request("POST", _PATH, body, {"Content-Type": "application/json"})
        answer = self._connection.getresponse()
        content = json.loads(answer.read())
        if answer.status != 200:
            raise RuntimeError(f"{answer.status}: {content}")
        self._session = {"session_id": content["session_id"]}
        return Shown(content)

    def close(self) -> None:
        """Hang up. The app forgets the session by itself."""
        self._connection.close()


def _without_shared(node: Node) -> Node:
    props = {name: value for name, value in node.get("props", {}).items() if name not in _SHARED}
    if str(props.get("body", "")).startswith("<div data-mail='"):
        mail = json.loads(props["body"].removeprefix("<div data-mail='").removesuffix("'></div>"))
        props["body"] = {name: value for name, value in mail.items() if name != "rows"}
    return {"key": node.get("key"), "props": props, "value": node.get("value"), "data": node.get("data")}
