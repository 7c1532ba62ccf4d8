"""Twilio as one parent account: its subaccounts, and what they used."""

from collections.abc import Mapping
from datetime import date, timedelta

from billingbot.connectors.http import Transport
from billingbot.connectors.pages import unheard
from billingbot.connectors.twilio.account import SOURCE, TwilioAccount
from billingbot.connectors.twilio.api import TwilioApi
from billingbot.connectors.twilio.charges import charges_of, record_of
from billingbot.connectors.twilio.subaccount import Subaccount, subaccount_of
from billingbot.domain.charge import Charge, Statement
from billingbot.domain.party import Company
from billingbot.domain.period import Period
from billingbot.errors import UpstreamAuthError, UpstreamRejected, UpstreamSchemaError
from billingbot.ports import PageSeen

# Twilio corrects the usage of a month for some days after its end.
_CORRECTED_FOR = timedelta(days=3)


class Twilio:
    """Twilio as one parent account. Any number of threads may use it; implements `billingbot.ports.Distributor`.

    Args:
        account: where, and as whom.
        transport: closed with this.
        page_size: rows to ask for at a time; Twilio gives 1,000 at most.
    """

    key = "twilio"
    name = SOURCE

    def __init__(self, account: TwilioAccount, transport: Transport, page_size: int = 1000) -> None:
        self._account = account
        self._transport = transport
        self._api = TwilioApi(account, transport, page_size)

    def check(self) -> None:
        """Read the parent account. Raises `UpstreamAuthError` when its credentials are refused."""
        row = self._api.one(f"/Accounts/{self._account.account_sid}")
        if row.text("sid") != self._account.account_sid:
            raise UpstreamSchemaError(f"{row.place} answered with another account.", source=SOURCE)

    def companies(self, seen: PageSeen) -> list[Company]:
        """Return every subaccount that is listed, closed ones too: what they used last is still to be paid."""
        return [Company(account.sid, account.name) for account in self._subaccounts(seen)]

    def charges(self, period: Period, today: date, seen: PageSeen) -> Statement:
        """Return what the subaccounts used, by charge id; `seen` hears of subaccounts, not of pages.

        A subaccount that is refused (suspended, or closed for long) is in the remarks instead.
        """
        seen(0, 0)
        accounts = self._subaccounts(lambda _done, _total: seen(0, 0))
        charges: list[Charge] = []
        remarks: list[str] = []
        for done, account in enumerate(accounts, 1):
            found = self._usage(account, period, today)
            if isinstance(found, str):
                remarks.append(found)
            else:
                charges += found
            seen(done, len(accounts))
        if remarks:
            # A token that was revoked meanwhile must not pass for suspended subaccounts.
            self.check()
        charges.sort(key=lambda charge: charge.charge_id)
        return Statement(period, charges, final=today > period.last + _CORRECTED_FOR, remarks=tuple(remarks))

    def close(self) -> None:
        """Close all connections."""
        self._transport.close()

    def _subaccounts(self, seen: PageSeen) -> list[Subaccount]:
        """Return all of them, by sid."""
        found = self._api.all("/Accounts", "accounts", "sid", {}, subaccount_of, seen)
        return [account for _, account in sorted(found.items()) if account is not None]

    def _usage(self, account: Subaccount, period: Period, today: date) -> list[Charge] | str:
        """Return the charges of a subaccount, or a sentence that says why they are missing."""
        resource, params = _resource(period, today)
        name = f"/Accounts/{account.sid}/Usage/Records/{resource}"
        try:
            records = self._api.all(
                name, "usage_records", "category", params, lambda row: record_of(row, account, period), unheard
            )
        except (UpstreamAuthError, UpstreamRejected) as error:
            if error.status not in (401, 404) and (error.status != 403 or account.status == "active"):
                raise
            return (
                f"{account.name} ({account.sid}, {account.status}): Twilio does not tell what it used "
                f"({error.status}), so that its usage of {period} is not among the charges."
            )
        return charges_of(account, period, records)


def _resource(period: Period, today: date) -> tuple[str, Mapping[str, str]]:
    """Return where the usage of a period is, and how it is asked for. The parent's sum is never wanted."""
    alone = {"IncludeSubaccounts": "false"}
    if period == Period.of(today):
        return "ThisMonth", alone
    if period.next == Period.of(today):
        return "LastMonth", alone
    return "Monthly", {"StartDate": period.first.isoformat(), "EndDate": period.last.isoformat(), **alone}
