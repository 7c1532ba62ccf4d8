"""A session over the websocket, as a browser's tab has it: the agent API cannot use components such as the grid."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.Selectbox_pb2 import Selectbox
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

_SECONDS = 120
_MAIL = "<div data-mail='"


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a run of the script drew anew. Elements that stayed as they were are not sent again."""

    elements: list[Element] = field(default_factory=list)

    def mail(self) -> dict[str, Any]:
        """Return what the page tells the client grid. Raises `LookupError`."""
        for element in self.elements:
            if element.html.body.startswith(_MAIL):
                return dict(json.loads(element.html.body.removeprefix(_MAIL).removesuffix("'></div>")))
        raise LookupError("no mail came for the grid")

    def component(self) -> str:
        """Return the id of the component on the page. Raises `LookupError`."""
        return _only(element.component_instance.id for element in self.elements)

    def text_input(self) -> str:
        """Return the id of the text input on the page. Raises `LookupError`."""
        return _only(element.text_input.id for element in self.elements)

    def texts(self) -> list[str]:
        """Return the texts on the page."""
        return [element.markdown.body for element in self.elements if element.markdown.body]

    def failures(self) -> list[str]:
        """Return what went wrong on the page, as it says it."""
        exceptions = [element.exception.message for element in self.elements if element.HasField("exception")]
        alerts = [element.alert.body for element in self.elements if element.alert.format == element.alert.ERROR]
        return exceptions + alerts


class SocketSession:
    """A session of an app, as long as it is connected."""

    def __init__(self, address: str, query: str = "") -> None:
        url = f"{address.replace('http', 'ws', 1)}/_stcore/stream"
        # Legacy is without a `with` block: it lives as long as the session.
        self._connection: ClientConnection = connect(
            url, subprotocols=[Subprotocol("streamlit")], max_size=None, legacy=True
        )
        self._query = query
        self._known: list[str] = []
        self._boxes: dict[str, WidgetState] = {}

    def run(self, *widgets: WidgetState) -> Drawn:
        """Run the page with these values of widgets, and return what it drew."""
        message = BackMsg()
        message.rerun_script.query_string = self._query
        message.rerun_script.cached_message_hashes.extend(self._known)
        message.rerun_script.widget_states.widgets.extend([*self._boxes.values(), *widgets])
        self._connection.send(message.SerializeToString())
        return Drawn([*self._drawn()])

    def close(self) -> None:
        """Close the tab."""
        self._connection.close()

    def _drawn(self) -> Iterator[Element]:
        while True:
            got = ForwardMsg()
            got.ParseFromString(bytes(self._connection.recv(timeout=_SECONDS, decode=False)))
            if got.metadata.cacheable:
                self._known.append(got.hash)
            if got.delta.HasField("new_element"):
                element = got.delta.new_element
                if element.HasField("selectbox"):
                    self._keep(element.selectbox)
                yield element
            elif got.WhichOneof("type") == "script_finished" and got.script_finished != got.FINISHED_EARLY_FOR_RERUN:
                return

    def _keep(self, box: Selectbox) -> None:
        """Keep what is chosen. A tab sends the values of all widgets with each run: what is left out is reset."""
        if box.set_value or box.id not in self._boxes:
            chosen = box.raw_value if box.set_value else box.options[box.default]
            self._boxes[box.id] = WidgetState(id=box.id, string_value=chosen)


def _only(ids: Iterator[str]) -> str:
    return next(filter(None, ids), "") or _missing()


def _missing() -> str:
    raise LookupError("the page has no such element")
