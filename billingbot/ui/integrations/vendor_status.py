"""How a vendor stands: one word for its card, and the sentence behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from billingbot.domain.credential import CredentialState, Origin
from billingbot.domain.vendor_check import VendorCheck
from billingbot.ui.wording import age

_GIVEN = (Origin.ENVIRONMENT, Origin.SANDBOX)


class Status(StrEnum):
    """The word on the card."""

    CONNECTED = "Connected"
    SANDBOX = "Sandbox"
    UNTESTED = "Not tested yet"
    FAILING = "Failing"
    UNREADABLE = "Secrets lost"
    INCOMPLETE = "Incomplete"
    DELETED = "Deleted"
    NOT_CONFIGURED = "Not configured"


@dataclass(frozen=True, slots=True)
class Standing:
    """The status of a vendor, what is wrong ("" for nothing), and what to do about it.

    `given` says that the page cannot change the credentials: they are from the environment or the sandbox.
    """

    status: Status
    detail: str = ""
    advice: str = ""
    given: Origin | None = None

    @property
    def is_connected(self) -> bool:
        """Say whether BillingBot can ask the vendor at all."""
        return self.status in (Status.CONNECTED, Status.SANDBOX, Status.UNTESTED, Status.FAILING)


def standing(
    states: Sequence[CredentialState], problem: str, check: VendorCheck | None, deleted: bool, now: datetime
) -> Standing:
    """Return how a vendor stands.

    Args:
        states: of its credentials.
        problem: why it is not connected, or "".
        check: how the last try to reach it went, if there was one.
        deleted: whether it is an integration that was taken out of use.
        now: the time, in UTC.
    """
    origins = {state.field.name: state.origin for state in states}
    given = next((origin for origin in _GIVEN if origin in origins.values()), None)
    if Origin.UNREADABLE in origins.values():
        lost = [state.field.label for state in states if state.origin is Origin.UNREADABLE]
        return Standing(Status.UNREADABLE, f"{_listed(lost)} cannot be read any more.", "Enter it again.", given)
    if problem and deleted:
        return Standing(Status.DELETED, given=given)
    if problem:
        return _unconnected(states, problem, given)
    if check is None:
        return Standing(Status.SANDBOX if given is Origin.SANDBOX else Status.UNTESTED, given=given)
    if check.error:
        since = f"Failing since {age(check.failing_since, now)}. " if check.failing_since else ""
        return Standing(Status.FAILING, f"{since}{check.error}", "Test the credentials to see what to do.", given)
    return Standing(Status.SANDBOX if given is Origin.SANDBOX else Status.CONNECTED, given=given)


def _unconnected(states: Sequence[CredentialState], problem: str, given: Origin | None) -> Standing:
    """Return how a vendor stands that cannot be asked: nothing was entered, or not all of it, or something wrong."""
    if not any(state.origin in (*_GIVEN, Origin.ENTERED) for state in states):
        return Standing(Status.NOT_CONFIGURED)
    missing = [state.field.label for state in states if state.origin is Origin.MISSING and state.problem]
    if missing:
        return Standing(Status.INCOMPLETE, f"{_listed(missing)} must be given.", given=given)
    return Standing(Status.INCOMPLETE, problem, given=given)


def _listed(labels: Sequence[str]) -> str:
    return ", ".join(labels[:-1]) + f" and {labels[-1]}" if len(labels) > 1 else labels[0]
