"""Labelled names, read from a folder: two lists with their true pairs, and single pairs with a label.

A list set is a folder with `left.csv` (id,name), `right.csv` (id,name) and `gold.csv` (left_id,right_id); gold may be
many to one, and a row of either list may be in no gold pair. Ids are any text: rows are numbered here. A pair set is
one CSV with the columns left, right, label (1 = the same organisation). Both may lie at any depth of the folder. Left
plays the clients, right the companies.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from bench.accuracy.same_name import full_name

PAIR = ["client_id", "company_id"]
_NAMES = ["name", "full"]
_PAIR_COLUMNS = ["left", "right", "label"]
# Rows lie in the files as they were joined; shuffled, no rule can win a tie by the place of a row.
_SHUFFLE = 7


@dataclass(frozen=True, slots=True)
class ListSet:
    """Two lists and which pairs of them are right.

    clients: client_id int64 · name str · full str (`full_name`). companies: company_id str · name str · full str. gold:
    client_id · company_id, each pair once.
    """

    name: str
    clients: pd.DataFrame
    companies: pd.DataFrame
    gold: pd.DataFrame


@dataclass(frozen=True, slots=True)
class PairSet:
    """Single pairs. pairs: left str · right str · same bool."""

    name: str
    pairs: pd.DataFrame


def list_sets(folder: Path) -> Iterator[ListSet]:
    """Yield the list sets of a folder by path.

    Raises:
        ValueError: a table lacks a column.
    """
    for gold in sorted(folder.rglob("gold.csv")):
        yield _list_set(gold.parent, _name(gold.parent, folder))


def pair_sets(folder: Path) -> Iterator[PairSet]:
    """Yield the pair sets of a folder by path; other CSV files are passed over.

    Raises:
        ValueError: a label is neither 0 nor 1.
    """
    for path in sorted(folder.rglob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as lines:
            header = next(csv.reader(lines), [])
        if set(_PAIR_COLUMNS) <= set(header):
            yield _pair_set(path, _name(path.with_suffix(""), folder))


def _name(path: Path, folder: Path) -> str:
    """Return what a set is called: its place in the folder, so that no two have one name."""
    return path.relative_to(folder).as_posix() if path != folder else path.resolve().name


def _list_set(folder: Path, name: str) -> ListSet:
    left, right = _side(folder / "left.csv", "client_id"), _side(folder / "right.csv", "company_id")
    left["client_id"] = left["client_id"].astype("int64")
    gold = _table(folder / "gold.csv", ["left_id", "right_id"])
    gold = gold.merge(left, left_on="left_id", right_on="id").merge(right, left_on="right_id", right_on="id")
    return ListSet(name, left[["client_id", *_NAMES]], right[["company_id", *_NAMES]], gold[PAIR].drop_duplicates())


def _side(path: Path, id_column: str) -> pd.DataFrame:
    """Return id · name · full, and the row's number as text."""
    names = _table(path, ["id", "name"]).sample(frac=1, random_state=_SHUFFLE)
    numbers = [str(number) for number in range(1, len(names) + 1)]
    return names.assign(full=[full_name(name) for name in names["name"]], **{id_column: numbers}).reset_index(drop=True)


def _pair_set(path: Path, name: str) -> PairSet:
    pairs = _table(path, _PAIR_COLUMNS)
    if not pairs["label"].isin(["0", "1"]).all():
        raise ValueError(f"{path}: a label is neither 0 nor 1")
    return PairSet(name, pairs[["left", "right"]].assign(same=pairs["label"] == "1"))


def _table(path: Path, columns: list[str]) -> pd.DataFrame:
    """Return the named columns as text, nothing read as missing."""
    table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    missing = set(columns) - set(table.columns)
    if missing:
        raise ValueError(f"{path}: no column {', '.join(sorted(missing))}")
    return table[columns]
