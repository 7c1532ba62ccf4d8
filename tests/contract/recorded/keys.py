"""The keys of recorded answers, each to be taken away in turn."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from tests.contract.recorded.conversation import Recorded


@dataclass(frozen=True)
class Key:
    """A key of an answer: the answer's place, and the way to it through objects (names) and lists (numbers)."""

    answer: int
    way: tuple[str | int, ...]

    @property
    def name(self) -> str:
        return str(self.way[-1])

    def written(self, recorded: Recorded) -> str:
        """Return it as `orders:data[].name`."""
        steps = "".join("[]" if isinstance(step, int) else f".{step}" for step in self.way)
        return f"{recorded.answers[self.answer].path.rpartition('/')[2]}:{steps.removeprefix('.')}"

    def is_optional(self, recorded: Recorded) -> bool:
        return bool({self.name, self.written(recorded)} & recorded.optional)


def keys(recorded: Recorded) -> Iterator[Key]:
    """Yield every key of every answer; of a list, those of its first row."""
    for place, answer in enumerate(recorded.answers):
        for way in _ways(answer.body, ()):
            yield Key(place, way)


def without(recorded: Recorded, key: Key) -> Recorded:
    """Return the recording with that key taken away."""
    answers = list(recorded.answers)
    body = json.loads(json.dumps(answers[key.answer].body))
    holder = body
    for step in key.way[:-1]:
        holder = holder[step]
    del holder[key.way[-1]]
    answers[key.answer] = replace(answers[key.answer], body=body)
    return replace(recorded, answers=tuple(answers))


def _ways(value: Any, way: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield (*way, name)
            yield from _ways(inner, (*way, name))
    elif isinstance(value, list) and value:
        yield from _ways(value[0], (*way, 0))
