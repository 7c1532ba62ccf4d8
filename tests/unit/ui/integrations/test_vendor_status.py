"""How a vendor stands, in a word and a sentence."""

from datetime import timedelta

from billingbot.domain.credential import CredentialField, CredentialState, Origin
from billingbot.domain.vendor_check import VendorCheck
from billingbot.ui.integrations.vendor_status import Standing, Status, standing
from tests.fakes import NOON

ID = CredentialField("client_id", "Client ID", "Somewhere.")
SECRET = CredentialField("client_secret", "Client Secret", "Elsewhere.", secret=True)
URL = CredentialField("base_url", "API URL", "There.", default="https://api.example.com", address=True)
PROBLEM = "Pax8 is not connected."


def states(client_id: Origin, secret: Origin) -> list[CredentialState]:
    return [
        CredentialState(ID, client_id, "", editable=True, problem="missing" if client_id is Origin.MISSING else ""),
        CredentialState(SECRET, secret, "", editable=True, problem="missing" if secret is Origin.MISSING else ""),
        CredentialState(URL, Origin.DEFAULT, URL.default, editable=True),
    ]


ENTERED = states(Origin.ENTERED, Origin.ENTERED)


def test_nothing_entered_is_not_configured_and_was_it_deleted_it_says_so() -> None:
    nothing = states(Origin.MISSING, Origin.MISSING)

    assert standing(nothing, PROBLEM, None, False, NOON) == Standing(Status.NOT_CONFIGURED)
    assert standing(nothing, PROBLEM, None, True, NOON) == Standing(Status.DELETED)


def test_what_is_missing_is_named() -> None:
    half = states(Origin.ENTERED, Origin.MISSING)

    assert standing(half, PROBLEM, None, False, NOON) == Standing(Status.INCOMPLETE, "Client Secret must be given.")


def test_what_the_connector_refuses_is_said() -> None:
    assert standing(ENTERED, "API URL is not a URL.", None, False, NOON).detail == "API URL is not a URL."


def test_a_secret_that_cannot_be_read_comes_before_everything_else() -> None:
    lost = states(Origin.ENTERED, Origin.UNREADABLE)
    failing = VendorCheck("pax8", NOON, "Pax8: no.", NOON)

    found = standing(lost, PROBLEM, failing, True, NOON)

    assert found.status is Status.UNREADABLE
    assert found.detail == "Client Secret cannot be read any more."
    assert not found.is_connected


def test_a_connection_is_untested_then_works_or_fails_since_a_while() -> None:
    works = VendorCheck("pax8", NOON, "", None)
    fails = VendorCheck("pax8", NOON, "Pax8: no answer.", NOON - timedelta(hours=2))

    assert standing(ENTERED, "", None, False, NOON).status is Status.UNTESTED
    assert standing(ENTERED, "", works, False, NOON) == Standing(Status.CONNECTED)
    failing = standing(ENTERED, "", fails, False, NOON)
    assert (failing.status, failing.detail) == (Status.FAILING, "Failing since 2 h ago. Pax8: no answer.")


def test_values_from_elsewhere_are_marked_and_the_sandbox_is_called_that() -> None:
    given = standing(states(Origin.ENTERED, Origin.ENVIRONMENT), "", VendorCheck("pax8", NOON, "", None), False, NOON)
    sandbox = standing(states(Origin.SANDBOX, Origin.SANDBOX), "", None, False, NOON)

    assert given == Standing(Status.CONNECTED, given=Origin.ENVIRONMENT)
    assert sandbox == Standing(Status.SANDBOX, given=Origin.SANDBOX)
