"""What the rest of BillingBot relies on in every kind of distributor."""

import pytest

from billingbot.connectors import DISTRIBUTORS, HALO_FIELDS, DistributorKind, connect_halo
from billingbot.domain.credential import CredentialField
from billingbot.errors import ConfigError

# The vendors' words for what must stay secret; a name ends with one.
SECRET_WORDS = {"secret", "password", "token", "key"}
# Values whose form is checked at once.
FORMS = {"account_sid": f"AC{'0' * 32}", "api_key_sid": f"SK{'0' * 32}"}
KINDS = pytest.mark.parametrize("kind", DISTRIBUTORS, ids=lambda kind: kind.key)


def invented(fields: tuple[CredentialField, ...]) -> dict[str, str]:
    return {field.name: field.default or FORMS.get(field.name, f"my-{field.name}") for field in fields}


def test_keys_and_names_are_unique() -> None:
    assert len({kind.key for kind in DISTRIBUTORS}) == len(DISTRIBUTORS)
    assert len({kind.name for kind in DISTRIBUTORS}) == len(DISTRIBUTORS)


@KINDS
def test_a_connection_knows_its_kind(kind: DistributorKind) -> None:
    connection = kind.connect(invented(kind.fields))

    assert (connection.key, connection.name) == (kind.key, kind.name)
    connection.close()


@KINDS
def test_missing_credentials_are_all_named(kind: DistributorKind) -> None:
    wanted = [field.label for field in kind.fields if field.required and not field.default]

    with pytest.raises(ConfigError) as caught:
        kind.connect({field.name: "  " for field in kind.fields})

    assert str(caught.value) == f"{kind.name}: {', '.join(wanted)} must be given."


@KINDS
def test_a_private_base_url_is_refused(kind: DistributorKind) -> None:
    with pytest.raises(ConfigError, match="is not a public host"):
        kind.connect({**invented(kind.fields), "base_url": "https://127.0.0.1"})


@KINDS
def test_every_field_says_where_to_find_it_and_secrets_are_marked(kind: DistributorKind) -> None:
    assert all(field.help and field.label for field in kind.fields)
    assert {field.name for field in kind.fields if field.name.split("_")[-1] in SECRET_WORDS} == {
        field.name for field in kind.fields if field.secret
    }


@KINDS
def test_every_kind_says_in_a_sentence_when_a_month_can_be_read(kind: DistributorKind) -> None:
    assert kind.published.startswith(kind.name)
    assert kind.published.endswith(".")


def test_halo_needs_no_tenant() -> None:
    given = invented(HALO_FIELDS) | {"base_url": "https://msp.halopsa.com/api/", "tenant": ""}

    connect_halo(given).close()


def test_halo_names_what_is_missing() -> None:
    with pytest.raises(ConfigError, match=r"^HaloPSA: Resource Server, Client ID, Client Secret must be given\.$"):
        connect_halo({})


def test_halo_at_a_private_address_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"Resource Server names 10\.0\.0\.1, which is not a public host"):
        connect_halo(invented(HALO_FIELDS) | {"base_url": "https://10.0.0.1"})
