"""The keys that secrets are sealed with, newest first, and the file that they are in.

The file is replaced, never written to: at any moment it holds all of what it held before, or all of what it is to hold.
"""

import os
from collections.abc import Sequence
from pathlib import Path

from cryptography.fernet import Fernet

from billingbot.errors import ConfigError


def new_key() -> str:
    """Return a key that nobody has."""
    return Fernet.generate_key().decode()


def key_file_of(database: Path) -> Path:
    """Return where the keys of the database's secrets are, when the environment has none."""
    return database.with_suffix(".key")


def checked_keys(text: str, source: str) -> tuple[str, ...]:
    """Return the keys of a text, which are separated by white space or commas. The message never quotes them.

    Args:
        text: of one or more keys.
        source: where it is from, as the user knows it.

    Raises `ConfigError` when there is none, or one of them is no key.
    """
    keys = tuple(text.replace(",", " ").split())
    try:
        for key in keys:
            Fernet(key)
    except ValueError:
        keys = ()
    if not keys:
        raise ConfigError(f"{source} holds something else than keys: each has 44 letters, and seals 32 bytes.")
    return keys


def read_key_file(path: Path) -> tuple[str, ...]:
    """Return the keys of the file; when there is no file, one is made, with a new key. Raises `ConfigError`."""
    try:
        if not path.exists():
            write_key_file(path, [new_key()])
        text = path.read_text(encoding="ascii")
    except OSError as error:
        raise ConfigError(f"The key of the secrets, {path}, cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError:
        text = ""
    try:
        return checked_keys(text, str(path))
    except ConfigError as error:
        raise ConfigError(
            f"{error} Put back the file from a backup, or move it away: then a new key is made, and the secrets that "
            "were entered on the Integrations page have to be entered again."
        ) from None


def write_key_file(path: Path, keys: Sequence[str]) -> None:
    """Put a file with these keys, which only its owner may read, in place of the one that is there.

    It is on the disk when this returns: what is sealed with a new key afterwards is not lost with the power.

    Raises `OSError`; then the former file is untouched.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.tmp")
    beside.unlink(missing_ok=True)
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write("\n".join(keys) + "\n")
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
