"""The files of a database that is to be replaced or repaired: kept under another name, never deleted."""

import glob
from datetime import datetime
from itertools import count
from pathlib import Path

from billingbot.store.commit_mark import mark_of, write_mark
from billingbot.store.durable import copy_durably, sync_folder


def files_of(database: Path) -> list[Path]:
    """Return the files that the database consists of, as far as they exist: logs first, then itself, then its mark."""
    mark = mark_of(database)
    logs = [file for file in database.parent.glob(f"{glob.escape(database.name)}.*wal*") if file.is_file()]
    return [*sorted(logs), *(file for file in (database, mark) if file.is_file())]


def copy_aside(database: Path, word: str, now: datetime) -> list[Path]:
    """Copy all of them, and return the copies. Raises `OSError`."""
    kept = _aside(files_of(database), database, word, now)
    for file, copy in kept.items():
        copy_durably(file, copy)
    return list(kept.values())


def move_aside(database: Path, word: str, now: datetime, commits: int) -> list[Path]:
    """Rename all of them but the mark, which is copied; return where they are. Raises `OSError`.

    While the mark is there and the database is not, nobody begins a new one in its place. A database without a mark
    gets one, of so many commits.
    """
    mark = mark_of(database)
    kept = _aside(files_of(database), database, word, now)
    if database in kept and mark not in kept:
        write_mark(mark, max(commits, 1))
    for file, other in kept.items():
        if file == mark:
            copy_durably(file, other)
        else:
            file.rename(other)
    sync_folder(database.parent)
    return list(kept.values())


def _aside(files: list[Path], database: Path, word: str, now: datetime) -> dict[Path, Path]:
    """Return a name for each of them that belong together, and that no file has."""
    for number in count(1):
        again = f"-{number}" if number > 1 else ""
        name = f"{database.stem}-{word}-{now:%Y-%m-%dT%H%M%SZ}{again}{database.suffix}"
        if not any(database.parent.glob(f"{glob.escape(name)}*")):
            break
    return {file: database.with_name(f"{name}{file.name.removeprefix(database.name)}") for file in files}
