"""The switches of the guards fit the code as it is now; `make mutations` turns each of them."""

import ast
from pathlib import Path

import pytest

from tests.faults.mutations.mutation import Mutation
from tests.faults.mutations.table import MUTATIONS

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_the_guard_is_where_its_switch_expects_it(mutation: Mutation) -> None:
    mutated = mutation.mutated(ROOT)
    assert mutated != (ROOT / mutation.file).read_text(encoding="utf-8")
    if mutation.file.endswith(".py"):
        ast.parse(mutated)


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_what_has_to_go_red_exists(mutation: Mutation) -> None:
    assert mutation.tests
    for test in mutation.tests:
        path, _, name = test.partition("::")
        text = "" if (ROOT / path).is_dir() else (ROOT / path).read_text(encoding="utf-8")
        assert not name or f"def {name}(" in text


def test_no_two_switches_have_the_same_name() -> None:
    names = [mutation.name for mutation in MUTATIONS]
    assert len(set(names)) == len(names)
