"""Settings from the environment: where the database is, and the credentials of HaloPSA and the distributors.

A secret may be given as a file: `BILLINGBOT_PAX8_CLIENT_SECRET_FILE=/run/secrets/pax8` instead of
`BILLINGBOT_PAX8_CLIENT_SECRET`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from billingbot.domain.credential import CredentialField
from billingbot.errors import ConfigError

PREFIX = "BILLINGBOT"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the app needs to know before it opens anything.

    `sandbox_url` is set when the app works on the sandbox's invented data instead of the vendors' APIs. Both kinds of
    data have a database of their own, so that they never mix. `allowed_hosts` may be private addresses: an on-premises
    HaloPSA. All other hosts have to be public, whatever a URL or the name service says.
    """

    database: Path
    sandbox_url: str | None = None
    allowed_hosts: frozenset[str] = frozenset()


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
    return Settings(Path(environ.get(f"{PREFIX}_DATABASE") or usual), sandbox_url, frozenset(hosts))


def read_variable(environ: Mapping[str, str], key: str, field: CredentialField) -> str:
    """Return a vendor's value from the environment, given directly or in a file; "" when it is not given.

    Args:
        environ: the environment.
        key: how variables name the vendor: `pax8` reads `BILLINGBOT_PAX8_…`.
        field: what the vendor's connector asks for.

    Raises `ConfigError` when the file cannot be read.
    """
    return read_secret(environ, variable_name(key, field))


def read_secret(environ: Mapping[str, str], variable: str) -> str:
    """Return the variable, or what is in the file that the variable with `_FILE` at its end names; "" is neither.

    Raises `ConfigError` when the file cannot be read.
    """
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
