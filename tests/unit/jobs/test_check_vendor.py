"""What Test Credentials advises for each cause, and that a permission that nobody needs is no error."""

from collections.abc import Callable

import pytest

from billingbot.domain.credential import CredentialField
from billingbot.domain.vendor_check import HaloScope
from billingbot.errors import Cause, UpstreamAuthError, UpstreamError
from billingbot.jobs.check_vendor import check_distributor, check_halo
from tests.fakes import FakeDistributor, FakeHalo

FIELDS = (
    CredentialField("user", "User", "Console → Users."),
    CredentialField("password", "Password", "Set for the user.", secret=True),
    CredentialField("realm", "Realm", "Of your contract.", default="us"),
    CredentialField("url", "API URL", "As documented.", default="https://api.example", address=True),
    CredentialField("proxy", "Proxy ID", "If you have one.", required=False),
)
ADVICE = {
    Cause.UNKNOWN_HOST: "Check API URL. API URL: As documented. The name may be misspelt",
    Cause.BLOCKED_HOST: "Check API URL. API URL: As documented. Private addresses are refused",
    Cause.NO_CONNECTION: "Check API URL. API URL: As documented. If it is right, a firewall",
    Cause.TLS: "Check API URL. API URL: As documented. If it is right, something between",
    Cause.SIGN_IN: "Check User and Password. User: Console → Users. Password: Set for the user.",
    Cause.CLIENT: "Check User and Password. ",
    Cause.SECRET: "Check Password. Password: Set for the user.",
    Cause.TENANT: "Check User and Password. ",
    Cause.CLOCK: "Set this computer's date and time",
    Cause.PERMISSION: "Let an administrator give the account the permission",
    Cause.NOT_THE_API: "Check API URL. API URL: As documented. What answers there",
}


def failing(error: UpstreamError) -> Callable[[], None]:
    def fail() -> None:
        raise error

    return fail


class FailingDistributor(FakeDistributor):
    """A distributor whose check fails as its lists do."""

    def check(self) -> None:
        self.before_answer()


@pytest.mark.parametrize("cause", ADVICE)
def test_each_cause_has_advice_of_its_own(cause: Cause) -> None:
    error = UpstreamError("it failed.", source="Pax8", cause=cause)

    result = check_distributor(FailingDistributor(before_answer=failing(error)), FIELDS)

    assert (result.error, result.found) == ("Pax8: it failed.", "")
    assert result.advice.startswith(ADVICE[cause])


def test_only_a_failure_that_nobody_can_help_has_no_advice() -> None:
    error = UpstreamError("it failed.", source="Pax8")

    assert check_distributor(FailingDistributor(before_answer=failing(error)), FIELDS).advice == ""
    assert set(Cause) - set(ADVICE) == {Cause.OTHER}


def test_a_field_that_is_blamed_is_the_only_one_that_is_named() -> None:
    error = UpstreamError("it failed.", source="Pax8", cause=Cause.SIGN_IN, fields=["realm"])

    advice = check_distributor(FailingDistributor(before_answer=failing(error)), FIELDS).advice

    assert advice == "Check Realm. Realm: Of your contract."


def test_a_permission_that_halo_does_not_tell_of_is_not_said_to_be_missing() -> None:
    result = check_halo(FakeHalo(scope_rows=(HaloScope("edit:invoices", "Writing.", None),)), FIELDS)

    assert (result.error, result.advice) == ("", "")
    assert result.scopes[0].granted is None


def test_clients_that_the_agent_may_not_read_are_blamed_on_the_agent() -> None:
    refused = UpstreamAuthError("/Client answered 403.", source="HaloPSA", status=403, cause=Cause.PERMISSION)
    halo = FakeHalo(scope_rows=(HaloScope("read:customers", "Reading.", None),), before_answer=failing(refused))

    result = check_halo(halo, FIELDS)

    assert "which agent it logs in as" in result.advice
    assert result.scopes
