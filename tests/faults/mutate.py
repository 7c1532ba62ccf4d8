"""Switches the guards off one at a time, in a copy of the working tree, and demands that their tests go red.

`python -m tests.faults.mutate [--only NAME ...] [--report FILE]`. The tests of each guard have to be green before, and
at least one of them has to fail afterwards; one that cannot begin proves nothing.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tests.faults.mutations.mutation import Mutation
from tests.faults.mutations.table import MUTATIONS

_ROOT = Path(__file__).resolve().parents[2]
_GREEN, _RED = 0, 1
_FAILED = re.compile(r"^FAILED (\S+?)(?:\[.*)?(?: - .*)?$", re.MULTILINE)
_MOST_NAMED = 3
_PATIENCE = 900
_HEADING = """# Guards, switched off one at a time

`make mutations` writes this. For each guard it breaks a copy of the code as said here and runs the tests of its row:
they were green before, and these went red. The rows are those of [faults.md](faults.md); another word is a property.

| guard | row | switch | what went red |
|---|---|---|---|
"""


def main(mutations: Sequence[Mutation], report: Path | None) -> int:
    """Run them, write the report if one is wanted, and return how many guards nobody misses."""
    lines, wrong = [], []
    with tempfile.TemporaryDirectory() as folder:
        copy = _copied(Path(folder) / "copy")
        known: dict[tuple[str, ...], str] = {}
        for mutation in mutations:
            try:
                red = _red(copy, mutation, known)
            except LookupError as error:
                wrong.append(str(error))
                print(f"NOT RED  {error}", flush=True)  # noqa: T201
                continue
            print(f"red      {mutation.name}: {_named(red)}", flush=True)  # noqa: T201
            lines.append(f"| {mutation.guard} | {mutation.row} | `{mutation.name}` | {_named(red)} |")
    print(f"\n{len(lines)} of {len(mutations)} guards are noticed by their tests when they are gone.")  # noqa: T201
    if report and not wrong:
        report.write_text(_HEADING + "\n".join(lines) + "\n", encoding="utf-8")
    return len(wrong)


def _red(copy: Path, mutation: Mutation, known: dict[tuple[str, ...], str]) -> list[str]:
    """Return the tests that fail without the guard. Raises `LookupError` when that proves nothing."""
    if mutation.selection not in known:
        known[mutation.selection] = _complaint_before(copy, mutation.selection)
    if known[mutation.selection]:
        raise LookupError(f"{mutation.name}: not green before: {known[mutation.selection]}")
    file = copy / mutation.file
    former = file.read_text(encoding="utf-8")
    file.write_text(mutation.mutated(copy), encoding="utf-8")
    try:
        code, output = _tested(copy, mutation.selection)
    finally:
        file.write_text(former, encoding="utf-8")
    red = list(dict.fromkeys(_FAILED.findall(output)))
    if code != _RED or not red:
        raise LookupError(f"{mutation.name}: the tests ended with {code} and named no failure: {output[-1500:]}")
    return red


def _complaint_before(copy: Path, tests: Sequence[str]) -> str:
    code, output = _tested(copy, tests)
    return "" if code == _GREEN else output[-1500:]


def _tested(copy: Path, tests: Sequence[str]) -> tuple[int, str]:
    # Not more than a few failures: each may take as long as a test can.
    command = [sys.executable, "-m", "pytest", "-n0", "-rf", "--tb=no", "--maxfail=3", "-p", "no:cacheprovider", *tests]
    environ = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "400"}
    try:
        done = subprocess.run(command, cwd=copy, env=environ, capture_output=True, text=True, timeout=_PATIENCE)
    except subprocess.TimeoutExpired as error:
        raise LookupError(f"the tests took more than {_PATIENCE} s: {' '.join(tests)}") from error
    return done.returncode, done.stdout + done.stderr


def _copied(to: Path) -> Path:
    """Copy what git knows and what it would add, so that what somebody works on is tried and stays as it is."""
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(listed, cwd=_ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, names.split("\0")):
        if (_ROOT / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(_ROOT / name, to / name)
    return to


def _named(tests: Iterable[str]) -> str:
    """Return the tests' names as words.

    >>> _named(["tests/unit/test_a.py::test_nothing_is_lost"])
    'nothing is lost'
    """
    names = list(_words(tests))
    return "; ".join(names[:_MOST_NAMED])


def _words(tests: Iterable[str]) -> Iterator[str]:
    for test in tests:
        yield test.rsplit("::", 1)[-1].removeprefix("test_").replace("_", " ")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.faults.mutate", description=__doc__)
    parser.add_argument("--only", nargs="*", default=(), metavar="NAME", help="guards; all of them otherwise")
    parser.add_argument("--report", type=Path, help="the table of all guards")
    given = parser.parse_args()
    chosen = [mutation for mutation in MUTATIONS if not given.only or mutation.name in given.only]
    if not chosen:
        sys.exit(f"There is none of these: {', '.join(given.only)}.")
    sys.exit(main(chosen, None if given.only else given.report) > 0)
