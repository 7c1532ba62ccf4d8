"""What somebody can do about a connection that does not work: which value to look at, and where it is found."""

from collections.abc import Sequence

from billingbot.domain.credential import CredentialField
from billingbot.errors import Cause

_APPLICATION = "HaloPSA → Configuration → Integrations → HaloPSA API → View Applications → your application"


def advice_for(cause: Cause, blamed: Sequence[str], fields: Sequence[CredentialField]) -> str:
    """Return what to do, in sentences; "" when there is nothing but to try again later.

    Args:
        cause: what is behind the failure.
        blamed: names of the fields that it is about, where that is known.
        fields: all that the vendor asks for.
    """
    named = [field for field in fields if field.name in blamed]
    addresses = [field for field in fields if field.address]
    match cause:
        case Cause.UNKNOWN_HOST:
            return f"{_check(addresses)} The name may be misspelt, or this computer may have no internet connection."
        case Cause.BLOCKED_HOST:
            return (
                f"{_check(addresses)} Private addresses are refused, because secrets are sent there. For a server of "
                "your own, name its host in BILLINGBOT_ALLOWED_HOSTS and restart BillingBot."
            )
        case Cause.NO_CONNECTION:
            return (
                f"{_check(addresses)} If it is right, a firewall may be between, or the service may be down: try later."
            )
        case Cause.TLS:
            return (
                f"{_check(addresses)} If it is right, something between here and there replaces the certificate, or "
                "the server's certificate has to be renewed. Also see that this computer's date and time are right."
            )
        case Cause.CLOCK:
            return "Set this computer's date and time, best from a time server, and test again."
        case Cause.NOT_THE_API:
            return f"{_check(addresses)} What answers there is something else than the API."
        case Cause.PERMISSION:
            return "Let an administrator give the account the permission to read this in the vendor's console."
        case Cause.SIGN_IN | Cause.CLIENT | Cause.SECRET | Cause.TENANT:
            return _check(named or _credentials(cause, fields))
        case Cause.OTHER:
            return ""


def scope_advice(lacking: Sequence[str]) -> str:
    """Return what to do about an application in HaloPSA without these scopes; without any, about its agent."""
    if not lacking:
        return (
            f"See in {_APPLICATION} which agent it logs in as: the agent must be allowed to read clients, invoices "
            "and items."
        )
    return f"Tick {', '.join(lacking)} in {_APPLICATION} → Permissions, save, and test again."


def _credentials(cause: Cause, fields: Sequence[CredentialField]) -> list[CredentialField]:
    """Return the fields that a refusal may be about when the vendor does not say which."""
    if cause is Cause.SECRET:
        return [field for field in fields if field.secret]
    return [field for field in fields if field.required and not field.address and not field.default]


def _check(fields: Sequence[CredentialField]) -> str:
    """Return that the fields are to be checked, and where their values are found."""
    if not fields:
        return "Check the values."
    labels = [field.label for field in fields]
    listed = ", ".join(labels[:-1]) + f" and {labels[-1]}" if len(labels) > 1 else labels[0]
    helps = " ".join(f"{field.label}: {field.help.rstrip('.')}." for field in fields)
    return f"Check {listed}. {helps}"
