"""Reading how people sign in: all of it, or nothing; a part is refused with everything that is missing."""

from pathlib import Path

import pytest

from billingbot.bootstrap import check_address, read_sign_in
from billingbot.errors import ConfigError

SECRET = "x" * 32
COMPLETE = {
    "BILLINGBOT_PUBLIC_URL": "https://billing.example.com/",
    "BILLINGBOT_COOKIE_SECRET": SECRET,
    "BILLINGBOT_FIRST_ADMIN": "ann@msp.example",
    "BILLINGBOT_SIGN_IN_ENTRA_TENANT": "msp.example",
    "BILLINGBOT_SIGN_IN_ENTRA_CLIENT_ID": "id",
    "BILLINGBOT_SIGN_IN_ENTRA_CLIENT_SECRET": "secret",
}


def test_nothing_set_is_local_mode() -> None:
    assert read_sign_in({}) is None
    assert read_sign_in({"BILLINGBOT_FIRST_ADMIN": "", "BILLINGBOT_DATABASE": "x"}) is None


def test_entra_needs_the_tenant_only() -> None:
    setup = read_sign_in(COMPLETE)

    assert setup is not None
    assert setup.redirect_uri == "https://billing.example.com/oauth2callback"
    assert (setup.host, setup.is_secure, setup.first_admin) == ("billing.example.com", True, "ann@msp.example")
    [entra] = setup.providers
    assert (entra.key, entra.name) == ("entra", "Microsoft")
    assert entra.metadata_url == "https://login.microsoftonline.com/msp.example/v2.0/.well-known/openid-configuration"


def test_several_providers_and_secrets_from_files(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("from the file\n")
    environ = COMPLETE | {
        "BILLINGBOT_FIRST_ADMIN": "entra:ann@msp.example",
        "BILLINGBOT_SIGN_IN_GOOGLE_CLIENT_ID": "id",
        "BILLINGBOT_SIGN_IN_GOOGLE_CLIENT_SECRET_FILE": str(secret),
        "BILLINGBOT_SIGN_IN_OKTA_CLIENT_ID": "id",
        "BILLINGBOT_SIGN_IN_OKTA_CLIENT_SECRET": "secret",
        "BILLINGBOT_SIGN_IN_OKTA_NAME": "our Okta",
        "BILLINGBOT_SIGN_IN_OKTA_METADATA_URL": "https://msp.okta.com/.well-known/openid-configuration",
    }

    setup = read_sign_in(environ)

    assert setup is not None
    assert [(each.key, each.name) for each in setup.providers] == [
        ("entra", "Microsoft"),
        ("google", "Google"),
        ("okta", "our Okta"),
    ]
    assert setup.providers[1].client_secret == "from the file"
    assert "from the file" not in repr(setup)
    assert SECRET not in repr(setup)


@pytest.mark.parametrize("name", COMPLETE)
def test_each_part_alone_is_refused_and_never_local_mode(name: str) -> None:
    with pytest.raises(ConfigError, match="Sign-in is not set up completely"):
        read_sign_in({name: COMPLETE[name]})


@pytest.mark.parametrize("name", [name for name in COMPLETE if name != "BILLINGBOT_FIRST_ADMIN"])
def test_what_is_missing_is_named(name: str) -> None:
    with pytest.raises(ConfigError, match=f"Set {name}"):
        read_sign_in({key: value for key, value in COMPLETE.items() if key != name})


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("BILLINGBOT_PUBLIC_URL", "http://billing.example.com", "must be an https:// address"),
        ("BILLINGBOT_PUBLIC_URL", "https://example.com/billing", "without a path"),
        ("BILLINGBOT_PUBLIC_URL", "billing.example.com", "must be an https:// address"),
        ("BILLINGBOT_PUBLIC_URL", "https://[", "must be an https:// address"),
        ("BILLINGBOT_COOKIE_SECRET", "short", "at least 32 random characters"),
        ("BILLINGBOT_SIGN_IN_ENTRA_TENANT", "common", "your own tenant"),
        ("BILLINGBOT_SIGN_IN_ENTRA_TENANT", "a/b", "your own tenant"),
        ("BILLINGBOT_SIGN_IN_ENTRA_METADATA_URL", "http://idp.example.com", "METADATA_URL must be an https:// address"),
        ("BILLINGBOT_SIGN_IN_ENTRA_CLIENTID", "x", "BILLINGBOT_SIGN_IN_ENTRA_CLIENTID is not known"),
        ("BILLINGBOT_SIGN_IN_CLIENT_ID", "x", "Set BILLINGBOT_SIGN_IN_CLIENT_METADATA_URL|is not known"),
    ],
)
def test_what_is_wrong_is_said(name: str, value: str, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        read_sign_in(COMPLETE | {name: value})


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "", "192.168.1.5", "billing.example.com"])  # noqa: S104
def test_local_mode_is_served_to_this_computer_only(address: str) -> None:
    with pytest.raises(ConfigError, match="for this computer only"):
        check_address(None, address)
    check_address(read_sign_in(COMPLETE), address)


@pytest.mark.parametrize("address", ["127.0.0.1", "localhost", "::1", "unix:///run/billingbot.sock"])
def test_this_computer_is_served_without_sign_in(address: str) -> None:
    check_address(None, address)


def test_of_several_providers_the_first_administrator_is_somebody_at_one_of_them() -> None:
    two = COMPLETE | {
        "BILLINGBOT_SIGN_IN_GOOGLE_CLIENT_ID": "id",
        "BILLINGBOT_SIGN_IN_GOOGLE_CLIENT_SECRET": "secret",
    }

    with pytest.raises(ConfigError, match="BILLINGBOT_FIRST_ADMIN at which provider that is, such as entra:ann@msp"):
        read_sign_in(two)
    setup = read_sign_in(two | {"BILLINGBOT_FIRST_ADMIN": "Google:ann@msp.example"})

    assert setup is not None
    assert (setup.first_admin_at("google"), setup.first_admin_at("entra")) == ("ann@msp.example", "")
