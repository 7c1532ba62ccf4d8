"""The connection to one vendor, as long as its credentials stay the same."""

from collections.abc import Callable, Mapping
from typing import Generic, Protocol, TypeVar

from billingbot.errors import ConfigError


class Closable(Protocol):
    """A connection."""

    def close(self) -> None:
        """Give sockets and thread back."""


C = TypeVar("C", bound=Closable)


class Slot(Generic[C]):
    """Holds the connection, or the sentence that says why there is none. Not safe to use from many threads."""

    def __init__(self, connect: Callable[[Mapping[str, str]], C]) -> None:
        self._connect = connect
        self._values: Mapping[str, str] | None = None
        self._former: list[C] = []
        self.connection: C | None = None
        self.problem = ""

    def update(self, values: Mapping[str, str], problem: str) -> None:
        """Connect anew when the values are others than before; with a problem, there is no connection.

        Args:
            values: by field name.
            problem: what keeps them from being used, a sentence, or "".
        """
        if problem:
            self._drop()
            self.problem = problem
            return
        if values == self._values:
            return
        self._drop()
        self._values = values
        try:
            self.connection, self.problem = self._connect(values), ""
        except ConfigError as error:
            self.problem = str(error)

    def close(self) -> None:
        """Close the connection, and former ones."""
        self._drop()
        for connection in self._former:
            connection.close()
        self._former.clear()

    def _drop(self) -> None:
        if self.connection is not None:
            self._former.append(self.connection)
        self.connection, self._values = None, None
