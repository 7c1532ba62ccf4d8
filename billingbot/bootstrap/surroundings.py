"""What decides about credentials besides the database: the environment, the keys of secrets, and the sandbox."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from billingbot.config import Settings, read_secret
from billingbot.errors import ConfigError
from billingbot.sandbox.connections import sandbox_connections
from billingbot.vault import Vault, checked_keys, key_file_of, new_key, read_key_file

KEYS_VARIABLE = "BILLINGBOT_SECRET_KEYS"
NO_KEYS = (
    f"With BILLINGBOT_DATABASE_URL, the key of the secrets comes from {KEYS_VARIABLE}: every process needs the same "
    "one, and a file beside one of them would not do. Make one with `python -m billingbot secrets key`, keep a copy of "
    f"it, and give it to each process in {KEYS_VARIABLE} or {KEYS_VARIABLE}_FILE."
)
_SANDBOX_HOSTS = frozenset({"127.0.0.1", "localhost"})


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What decides about credentials besides the database.

    `sandbox` are the values of the vendors that a sandbox plays, by vendor and field; None where there is no sandbox.
    """

    environ: Mapping[str, str] = field(repr=False)
    vault: Vault
    allowed_hosts: frozenset[str] = frozenset()
    sandbox: Mapping[str, Mapping[str, str]] | None = field(default=None, repr=False)


def surroundings_of(environ: Mapping[str, str], settings: Settings) -> Surroundings:
    """Return them; a key file is made where real secrets have no key yet. Raises `ConfigError`.

    Beside a database of several processes there is no key file: each would make another one. Nothing can be entered in
    a sandbox, so that its key is forgotten with the process.
    """
    if settings.sandbox_url:
        return Surroundings({}, Vault([new_key()]), _SANDBOX_HOSTS, sandbox_connections(settings.sandbox_url))
    keys = keys_in(environ)
    if settings.database_url and not keys:
        raise ConfigError(NO_KEYS)
    keys = keys or read_key_file(key_file_of(settings.database))
    return Surroundings(environ, Vault(keys), settings.allowed_hosts)


def keys_in(environ: Mapping[str, str]) -> tuple[str, ...]:
    """Return the keys that the environment gives, newest first; none is no error. Raises `ConfigError`."""
    given = read_secret(environ, KEYS_VARIABLE)
    return checked_keys(given, KEYS_VARIABLE) if given else ()
