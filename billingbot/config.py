"""Settings from the environment: where the database is, and the credentials of HaloPSA and the distributors.

A secret may be given as a file: `BILLINGBOT_PAX8_CLIENT_SECRET_FILE=/run/secrets/pax8` instead of
`BILLINGBOT_PAX8_CLIENT_SECRET`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from billingbot.domain.credential import CredentialField
from billingbot.errors import ConfigError
from billingbot.logs import conceal

PREFIX = "BILLINGBOT"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the app needs to know before it opens anything.

    `sandbox_url` is set when the app works on the sandbox's invented data instead of the vendors' APIs. Both kinds of
    data have a database of their own, so that they never mix. `database_url` is set when the database is PostgreSQL;
    `database` is where files beside it would be, all the same. `backups` is the folder of the backups. `allowed_hosts`
    may be private addresses: an on-premises HaloPSA. All other hosts have to be public, whatever a URL or the name
    service says.
    """

    database: Path
    sandbox_url: str | None = None
    allowed_hosts: frozenset[str] = frozenset()
    database_url: str | None = field(default=None, repr=False)
    backups: Path = Path("data/backups")


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Return the settings.

    >>> read_settings({}).database.as_posix()
    'data/billingbot.duckdb'
    >>> read_settings({"BILLINGBOT_SANDBOX_URL": "http://127.0.0.1:8600"}).database.as_posix()
    'data/sandbox.duckdb'
    >>> sorted(read_settings({"BILLINGBOT_ALLOWED_HOSTS": "halo.local, 10.0.0.7"}).allowed_hosts)
    ['10.0.0.7', 'halo.local']
    """
    sandbox_url = environ.get(f"{PREFIX}_SANDBOX_URL") or None
    usual = "data/sandbox.duckdb" if sandbox_url else "data/billingbot.duckdb"
    hosts = environ.get(f"{PREFIX}_ALLOWED_HOSTS", "").replace(",", " ").split()
    database = Path(environ.get(f"{PREFIX}_DATABASE") or usual)
    backups = Path(environ.get(f"{PREFIX}_BACKUPS") or database.parent / "backups")
    url = read_secret(environ, f"{PREFIX}_DATABASE_URL") or None
    return Settings(database, sandbox_url, frozenset(hosts), url, backups)


def read_variable(environ: Mapping[str, str], key: str, field: CredentialField) -> str:
    """Return a vendor's value from the environment, given directly or in a file; "" when it is not given.

    Args:
        environ: the environment.
        key: how variables name the vendor: `pax8` reads `BILLINGBOT_PAX8_…`.
        field: what the vendor's connector asks for.

    Raises `ConfigError` when the file cannot be read.
    """
    read = read_secret if field.secret else _given
    return read(environ, variable_name(key, field))


def read_secret(environ: Mapping[str, str], variable: str) -> str:
    """Return the variable, or what is in the file that the variable with `_FILE` at its end names; "" is neither.

    No log shows it from now on. Raises `ConfigError` when the file cannot be read.
    """
    value = _given(environ, variable)
    conceal(value, *passwords_in(value))
    return value


def passwords_in(url: str) -> list[str]:
    """Return the password of an address as it is written there and as it is meant, or none.

    >>> passwords_in("postgresql://billingbot:a%2Fb@db.example/billingbot")
    ['a%2Fb', 'a/b']
    """
    found = re.match(r"[\w+.-]+://[^:/]*:(.*)@", url)
    return [found[1], unquote(found[1])] if found else []


def _given(environ: Mapping[str, str], variable: str) -> str:
    path = environ.get(f"{variable}_FILE")
    if not path:
        return environ.get(variable, "").strip()
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ConfigError(f"{variable}_FILE cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError:
        raise ConfigError(f"{variable}_FILE is not a text file.") from None


def variable_name(key: str, field: CredentialField) -> str:
    """Return the environment variable of a field: `BILLINGBOT_PAX8_CLIENT_ID`."""
    return f"{PREFIX}_{key}_{field.name}".upper()
