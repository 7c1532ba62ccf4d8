"""How people sign in, as the environment says it: the identity providers, the app's own address, the cookie's secret.

A provider has a name of letters and digits, which stands in its variables: `BILLINGBOT_SIGN_IN_ENTRA_CLIENT_ID`. Of two
the address is known; all others say it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from itertools import chain
from urllib.parse import urlsplit

from billingbot.config import PREFIX, read_secret
from billingbot.errors import ConfigError

PUBLIC_URL = f"{PREFIX}_PUBLIC_URL"
COOKIE_SECRET = f"{PREFIX}_COOKIE_SECRET"
FIRST_ADMIN = f"{PREFIX}_FIRST_ADMIN"
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_SIGN_IN = f"{PREFIX}_SIGN_IN_"
_VARIABLE = re.compile(rf"{_SIGN_IN}(?P<provider>[A-Z0-9]+)_(?P<field>[A-Z0-9_]+?)(_FILE)?")
_FIELDS = ("CLIENT_ID", "CLIENT_SECRET", "METADATA_URL", "TENANT", "NAME")
_ENTRA, _GOOGLE = "ENTRA", "GOOGLE"
_ENTRA_METADATA = "https://login.microsoftonline.com/{}/v2.0/.well-known/openid-configuration"
_GOOGLE_METADATA = "https://accounts.google.com/.well-known/openid-configuration"
_NAMES = {_ENTRA: "Microsoft", _GOOGLE: "Google"}
# Of them Microsoft's answers name another issuer than its metadata: nobody could sign in, or anybody in the world.
_NO_TENANTS = ("common", "organizations", "consumers")
_TENANT = re.compile(r"[A-Za-z0-9.-]+")
_SHORTEST_SECRET = 32


@dataclass(frozen=True, slots=True)
class Provider:
    """An identity provider: how the setup names it, what its button says, and what OpenID Connect needs to know."""

    key: str
    name: str
    metadata_url: str
    client_id: str
    client_secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SignInSetup:
    """How people sign in.

    `first_admin` is an address or a person's id at the provider, or "". Of several providers it says which, before a
    colon: whoever has that id or address at another one is somebody else.
    """

    public_url: str
    cookie_secret: str = field(repr=False)
    providers: tuple[Provider, ...]
    first_admin: str

    def first_admin_at(self, provider: str) -> str:
        """Return the address or id of who becomes administrator among the people of that provider; "" is nobody.

        >>> entra = Provider("entra", "Microsoft", "", "", "")
        >>> setup = SignInSetup("https://b.example", "", (entra,), "entra:ann@msp.example")
        >>> setup.first_admin_at("entra"), setup.first_admin_at("google")
        ('ann@msp.example', '')
        """
        where, _, who = self.first_admin.partition(":")
        if any(where.lower() == known.key for known in self.providers):
            return who.strip() if where.lower() == provider else ""
        return self.first_admin if len(self.providers) == 1 else ""

    @property
    def redirect_uri(self) -> str:
        """Return where providers send people back to; each of them has to know it."""
        return f"{self.public_url}/oauth2callback"

    @property
    def host(self) -> str:
        """Return the host name under which the app is reached."""
        return urlsplit(self.public_url).hostname or ""

    @property
    def is_secure(self) -> bool:
        """Say whether browsers reach the app over TLS."""
        return self.public_url.startswith("https://")


def read_sign_in(environ: Mapping[str, str]) -> SignInSetup | None:
    """Return how people sign in, or None when nothing of it is set: then the app is for this computer only.

    Raises `ConfigError`, which names everything that is wrong, when a part of it is set: an app that should ask who
    somebody is never takes everybody.

    >>> read_sign_in({}) is None
    True
    >>> read_sign_in({"BILLINGBOT_SIGN_IN_GOOGLE_CLIENT_ID": "me"})
    Traceback (most recent call last):
    billingbot.errors.root.ConfigError: Sign-in is not set up completely. Set BILLINGBOT_PUBLIC_URL to the address ...
    """
    meant = (PUBLIC_URL, COOKIE_SECRET, f"{COOKIE_SECRET}_FILE", FIRST_ADMIN)
    of_providers = sorted(name for name, value in environ.items() if name.startswith(_SIGN_IN) and value)
    if not of_providers and not any(environ.get(name) for name in meant):
        return None
    public_url = environ.get(PUBLIC_URL, "").strip().rstrip("/")
    cookie_secret = read_secret(environ, COOKIE_SECRET)
    found = [_VARIABLE.fullmatch(name) for name in of_providers]
    keys = sorted({match["provider"] for match in found if match})
    providers = tuple(_provider(environ, key) for key in keys)
    problems = [
        *_problems_of_address(public_url),
        *_problems_of_cookie_secret(cookie_secret),
        *_unknown(of_providers),
        *chain.from_iterable(_problems_of_provider(environ, provider) for provider in providers),
    ]
    if not providers:
        problems.append(
            f"Name a provider: for Microsoft Entra ID set {_SIGN_IN}ENTRA_TENANT, …_CLIENT_ID and …_CLIENT_SECRET."
        )
    first_admin = environ.get(FIRST_ADMIN, "").strip()
    if len(keys) > 1 and first_admin and first_admin.partition(":")[0].upper() not in keys:
        problems.append(f"Say in {FIRST_ADMIN} at which provider that is, such as {keys[0].lower()}:{first_admin}.")
    if problems:
        raise ConfigError(f"Sign-in is not set up completely. {' '.join(problems)}")
    return SignInSetup(public_url, cookie_secret, providers, first_admin)


def is_loopback(host: str) -> bool:
    """Say whether it is an address of the machine to itself.

    >>> is_loopback("127.0.0.1"), is_loopback("127.1.2.3"), is_loopback("::1"), is_loopback("10.0.0.1"), is_loopback("")
    (True, True, True, False, False)
    """
    if host in LOOPBACK:
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def check_address(setup: SignInSetup | None, address: str) -> None:
    """Raise `ConfigError` when the app must not be served at the address; "" is all addresses of the machine."""
    if setup is None and address not in LOOPBACK and not address.startswith("unix://"):
        raise ConfigError(
            f"Without sign-in it is for this computer only, and not served at {address or 'all addresses'}. "
            "Set up sign-in as docs/sign-in.md says, or serve it at 127.0.0.1."
        )


def _provider(environ: Mapping[str, str], key: str) -> Provider:
    read = {name: read_secret(environ, f"{_SIGN_IN}{key}_{name}") for name in _FIELDS}
    usual = {_GOOGLE: _GOOGLE_METADATA, _ENTRA: _ENTRA_METADATA.format(read["TENANT"]) if read["TENANT"] else ""}
    return Provider(
        key=key.lower(),
        name=read["NAME"] or _NAMES.get(key, key.capitalize()),
        metadata_url=read["METADATA_URL"] or usual.get(key, ""),
        client_id=read["CLIENT_ID"],
        client_secret=read["CLIENT_SECRET"],
    )


def _problems_of_address(public_url: str) -> Iterable[str]:
    """Return what is wrong with the app's own address: browsers keep cookies to themselves only over TLS."""
    if not public_url:
        yield f"Set {PUBLIC_URL} to the address at which browsers reach the app, such as https://billing.example.com."
    elif not _is_safe_url(public_url) or urlsplit(public_url).path or urlsplit(public_url).query:
        yield f"{PUBLIC_URL} must be an https:// address without a path; http:// goes on this computer only."


def _problems_of_cookie_secret(secret: str) -> Iterable[str]:
    if len(secret) < _SHORTEST_SECRET:
        yield (
            f"Set {COOKIE_SECRET} to at least {_SHORTEST_SECRET} random characters, the same in every process: "
            "openssl rand -base64 48."
        )


def _unknown(names: Iterable[str]) -> Iterable[str]:
    for name in names:
        match = _VARIABLE.fullmatch(name)
        if match is None or match["field"] not in _FIELDS:
            yield f"{name} is not known: after the provider's name stands one of {', '.join(_FIELDS)}."


def _problems_of_provider(environ: Mapping[str, str], provider: Provider) -> Iterable[str]:
    prefix = f"{_SIGN_IN}{provider.key.upper()}"
    tenant = read_secret(environ, f"{prefix}_TENANT")
    if provider.key.upper() == _ENTRA and tenant and (not _TENANT.fullmatch(tenant) or tenant in _NO_TENANTS):
        yield f"{prefix}_TENANT must be the id or the domain of your own tenant."
    elif provider.key.upper() == _ENTRA and not provider.metadata_url:
        yield f"Set {prefix}_TENANT to the id of your tenant."
    elif not provider.metadata_url:
        yield f"Set {prefix}_METADATA_URL: the address that ends in /.well-known/openid-configuration."
    elif not _is_safe_url(provider.metadata_url):
        yield f"{prefix}_METADATA_URL must be an https:// address."
    if not provider.client_id:
        yield f"Set {prefix}_CLIENT_ID."
    if not provider.client_secret:
        yield f"Set {prefix}_CLIENT_SECRET or {prefix}_CLIENT_SECRET_FILE."


def _is_safe_url(url: str) -> bool:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return False
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK))
