"""Test Credentials: sign in, read one row, and say what is missing when that does not work."""

from collections.abc import Sequence

from billingbot.domain.credential import CredentialField
from billingbot.domain.vendor_check import CheckResult, HaloScope
from billingbot.errors import Cause, ConfigError, UpstreamError, UpstreamSchemaError
from billingbot.jobs.check_advice import advice_for, scope_advice
from billingbot.ports import Distributor, Halo

# Without it nothing but the creation of items is missing, which a person may do in HaloPSA.
_OPTIONAL = frozenset({"edit:items"})


def check_halo(halo: Halo, fields: Sequence[CredentialField]) -> CheckResult:
    """Try HaloPSA, and read which of the scopes that BillingBot needs the application has.

    Args:
        halo: connected with what is to be tried.
        fields: what was asked for, which the advice names.
    """
    try:
        halo.check()
    except UpstreamError as error:
        if error.cause is not Cause.PERMISSION:
            return CheckResult(error=str(error), advice=_advice(error, fields))
        scopes = halo.scopes()
        return CheckResult(error=str(error), advice=scope_advice(_lacking(scopes)), scopes=scopes)
    scopes = halo.scopes()
    lacking = _lacking(scopes)
    needed = [name for name in lacking if name not in _OPTIONAL]
    error_text = f"HaloPSA: the application lacks {_listed(needed)}." if needed else ""
    found = "Signed in to HaloPSA and read a client."
    return CheckResult(error_text, scope_advice(lacking) if lacking else "", found, scopes)


def check_distributor(distributor: Distributor, fields: Sequence[CredentialField]) -> CheckResult:
    """Try a distributor.

    Args:
        distributor: connected with what is to be tried.
        fields: what was asked for, which the advice names.
    """
    try:
        distributor.check()
    except UpstreamError as error:
        return CheckResult(error=str(error), advice=_advice(error, fields))
    return CheckResult(found=f"Signed in to {distributor.name} and read a first row.")


def unusable(error: ConfigError, fields: Sequence[CredentialField]) -> CheckResult:
    """Return the result for values with which nothing can be tried."""
    return CheckResult(error=str(error), advice=advice_for(error.cause, (), fields))


def _advice(error: UpstreamError, fields: Sequence[CredentialField]) -> str:
    is_other_schema = isinstance(error, UpstreamSchemaError) and error.cause is Cause.OTHER
    return advice_for(Cause.NOT_THE_API if is_other_schema else error.cause, error.fields, fields)


def _lacking(scopes: Sequence[HaloScope]) -> list[str]:
    return [scope.name for scope in scopes if scope.granted is False]


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:-1]) + f" and {names[-1]}" if len(names) > 1 else names[0]
