"""Files that are on the disk, whole, when a function returns: a new one takes its place under its name at once."""

import os
from pathlib import Path


def write_durably(path: Path, content: bytes) -> None:
    """Put a file with this content in place of the one that is there; at any moment one of them is whole.

    Raises `OSError`; then the former file is untouched.
    """
    beside = path.with_name(f"{path.name}.tmp")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    move_durably(beside, path)


def copy_durably(source: Path, target: Path) -> None:
    """Copy a file that nobody writes to; the copy has its name only when it is whole.

    Raises `OSError`; then there is no copy.
    """
    beside = target.with_name(f"{target.name}.tmp")
    try:
        with source.open("rb") as read, beside.open("wb") as written:
            while chunk := read.read(1 << 20):
                written.write(chunk)
            written.flush()
            os.fsync(written.fileno())
        move_durably(beside, target)
    except OSError:
        beside.unlink(missing_ok=True)
        raise


def move_durably(source: Path, target: Path) -> None:
    """Give a file its name, also after a power loss. Raises `OSError`."""
    source.replace(target)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Let what the folder lists be on the disk. Raises `OSError`."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_file(path: Path) -> None:
    """Let what is in the file be on the disk. Raises `OSError`."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
