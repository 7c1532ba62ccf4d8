"""A guard of the app with a switch: how it is broken, and which tests have to notice."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Mutation:
    """A guard that can be switched off.

    Args:
        name: for `make mutations ONLY=name`.
        row: of the scoreboard (docs/faults.md), or the property, that has to go red.
        guard: what is switched off, as a reader knows it.
        file: where it is.
        edits: its text, which is there exactly once, and what takes its place; several when it is in several places.
        tests: what has to go red: files, or functions in them.
        chosen: which of them, as `pytest -k` takes it: some are tried so often that a few are enough here.
    """

    name: str
    row: str
    guard: str
    file: str
    edits: tuple[tuple[str, str], ...]
    tests: tuple[str, ...]
    chosen: str = ""

    @property
    def selection(self) -> tuple[str, ...]:
        """Return what pytest is told."""
        return (*self.tests, "-k", self.chosen) if self.chosen else self.tests

    def mutated(self, root: Path) -> str:
        """Return the text of the file without the guard. Raises `LookupError` when it is not there as it should be."""
        text = (root / self.file).read_text(encoding="utf-8")
        for former, instead in self.edits:
            if text.count(former) != 1:
                raise LookupError(f"{self.name}: {self.file} has this {text.count(former)} times: {former!r}")
            text = text.replace(former, instead)
        return text
