"""The folder of the backups: how they are named, which of them the app made by itself, and whose folder it is."""

import glob
import os
import re
from datetime import datetime
from pathlib import Path

from billingbot.errors import StoreError
from billingbot.store.durable import write_durably

KEPT = 14
_DAILY = "-daily"
_TIME = "%Y-%m-%dT%H%M%SZ"


def new_path(folder: Path, database: Path, now: datetime) -> Path:
    """Return the name of a backup that somebody asks for now.

    >>> from datetime import UTC
    >>> new_path(Path("b"), Path("data/billingbot.duckdb"), datetime(2026, 11, 26, 20, 40, 33, tzinfo=UTC)).as_posix()
    'b/billingbot-2026-11-26T204033Z.duckdb'
    """
    return folder / f"{database.stem}-{now:{_TIME}}.duckdb"


def new_daily_path(folder: Path, database: Path, now: datetime) -> Path:
    """Return the name of a backup that the app makes by itself now."""
    return folder / f"{database.stem}-{now:{_TIME}}{_DAILY}.duckdb"


def daily_backups_in(folder: Path, database: Path) -> list[Path]:
    """Return the backups of the database that the app made by itself, oldest first."""
    name = re.compile(re.escape(database.stem) + r"-\d{4}-\d\d-\d\dT\d{6}Z" + _DAILY + r"\.duckdb")
    return sorted(file for file in folder.glob(f"{glob.escape(database.stem)}-*.duckdb") if name.fullmatch(file.name))


def made_at(path: Path) -> datetime:
    """Return when a backup was made, as its name says it."""
    return datetime.strptime(f"{path.stem.removesuffix(_DAILY)[-18:]}+0000", f"{_TIME}%z")


def thin_out(folder: Path, database: Path, now: datetime) -> list[Path]:
    """Remove all but the newest daily backups, and return those. Raises `OSError`.

    One that is dated later than now, by a clock that was wrong, counts for nothing.
    """
    old = [file for file in daily_backups_in(folder, database) if made_at(file) <= now][:-KEPT]
    for file in old:
        file.unlink()
    return old


def claim(folder: Path, database: Path) -> None:
    """Say in the folder that the daily backups there are of this database, unless it is another's that exists.

    The path is kept as seen from the folder, so that both can be moved together.

    Raises:
        StoreError: another database of that name has the folder.
        OSError: it cannot be read or written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{database.stem}.database"
    mine = os.path.relpath(database.resolve(), folder.resolve())
    theirs = file.read_text(encoding="utf-8").strip() if file.exists() else ""
    if theirs == mine:
        return
    if theirs and (folder / theirs).exists():
        raise StoreError(
            f"{folder} has the backups of {(folder / theirs).resolve()}, and {database} is another database of that "
            "name. No backup was made. Name a folder of its own in BILLINGBOT_BACKUPS."
        )
    write_durably(file, f"{mine}\n".encode())
