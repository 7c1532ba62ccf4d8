"""Sealing the entered secrets with a new key, so that the former one is worth nothing any more."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from billingbot.bootstrap.surroundings import KEYS_VARIABLE, NO_KEYS, keys_in
from billingbot.bootstrap.vendor import all_vendors
from billingbot.config import read_settings
from billingbot.errors import ConfigError, SecretUnreadable
from billingbot.ports import CredentialStore
from billingbot.store import open_database
from billingbot.vault import Vault, key_file_of, new_key, read_key_file, write_key_file


@dataclass(frozen=True, slots=True)
class Rotated:
    """What a rotation did.

    `resealed` counts the secrets that only the new key opens now; `unreadable` names those that no key opened, which
    are as they were. `key_file` is where the new key is; None: the environment has it.
    """

    resealed: int
    unreadable: tuple[str, ...]
    key_file: Path | None


def rotate_secrets(environ: Mapping[str, str]) -> Rotated:
    """Seal the secrets of the database with a new key: of the key file, or the first one of the environment.

    Raises:
        ConfigError: the keys cannot be read or written, or the environment has no new one before the former.
        StoreError: the database cannot be opened: as a file, the app has it.
    """
    settings = read_settings(environ)
    if settings.sandbox_url:
        raise ConfigError("Sandbox data have no secrets. Unset BILLINGBOT_SANDBOX_URL to rotate the key of yours.")
    given = keys_in(environ)
    if len(given) == 1:
        raise ConfigError(
            f"{KEYS_VARIABLE} has one key only. Put a new one before it, separated by a comma, then repeat this."
        )
    if settings.database_url and not given:
        raise ConfigError(NO_KEYS)
    store = open_database(settings.database, settings.database_url)
    try:
        return _reseal(store, Vault(given), None) if given else rotate_key_file(store, key_file_of(settings.database))
    finally:
        store.close()


def rotate_key_file(store: CredentialStore, path: Path) -> Rotated:
    """Seal the secrets with a new key, which takes the place of those in the file.

    Until everything is sealed with the new key, the file has the former ones too: wherever this is interrupted, nothing
    is lost, and it can be done again. Raises `ConfigError`.
    """
    former = read_key_file(path)
    key = new_key()
    try:
        write_key_file(path, [key, *former])
        rotated = _reseal(store, Vault([key, *former]), path)
        write_key_file(path, [key])
    except OSError as error:
        raise ConfigError(
            f"{path} cannot be written: {error.strerror}. No secret was lost; repeat this when it can be."
        ) from error
    return rotated


def _reseal(store: CredentialStore, vault: Vault, key_file: Path | None) -> Rotated:
    labels = {
        (vendor.key, field.name): f"{vendor.name}: {field.label}" for vendor in all_vendors() for field in vendor.fields
    }
    sealed: dict[str, str] = {}
    unreadable = []
    for row in store.credentials():
        if row.sealed:
            try:
                secret = vault.open(row.vendor, row.name, row.value)
            except SecretUnreadable:
                unreadable.append(labels.get((row.vendor, row.name), f"{row.vendor}: {row.name}"))
            else:
                sealed[row.value] = vault.seal(row.vendor, row.name, secret)
    store.reseal(sealed)
    return Rotated(len(sealed), tuple(unreadable), key_file)
