"""The rules of the house that no linter knows: import-linter sees only the package, not app.py and pages/."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OUTER = [ROOT / "app.py", *sorted((ROOT / "pages").glob("*.py"))]
SOURCES = [*OUTER, *sorted((ROOT / "billingbot").rglob("*.py"))]
# A page reads widgets, calls a job and draws. Everything else is behind these.
ALLOWED_OUTSIDE = {"__future__", "collections", "dataclasses", "datetime", "os", "pathlib", "streamlit", "typing"}
ALLOWED_INSIDE = ("billingbot.bootstrap", "billingbot.domain", "billingbot.errors", "billingbot.jobs", "billingbot.ui")


def imported_modules(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


@pytest.mark.parametrize("path", OUTER, ids=lambda path: path.name)
def test_pages_and_the_app_import_only_what_a_page_needs(path: Path) -> None:
    strangers = [
        module
        for module in imported_modules(path)
        if not module.startswith(ALLOWED_INSIDE) and module.split(".")[0] not in ALLOWED_OUTSIDE
    ]

    assert strangers == []


@pytest.mark.parametrize("path", OUTER, ids=lambda path: path.name)
def test_pages_stay_thin(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 100


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_stay_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 250


def test_scripts_of_the_grid_never_turn_data_into_markup() -> None:
    scripts = list((ROOT / "billingbot" / "ui").rglob("*.js"))

    assert scripts
    for script in scripts:
        text = script.read_text(encoding="utf-8")
        assert "innerHTML" not in text
        assert "eval(" not in text


def test_no_money_is_a_float() -> None:
    """Only scores are; they are no money."""
    for path in (ROOT / "billingbot" / "domain").glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        fields = [node for node in ast.walk(tree) if isinstance(node, ast.AnnAssign)]
        scores = sum(
            "float" in ast.unparse(field.annotation) for field in fields if ast.unparse(field.target) == "score"
        )
        assert [node.id for node in ast.walk(tree) if isinstance(node, ast.Name)].count("float") == scores
