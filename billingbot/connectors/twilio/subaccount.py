"""What is taken of Twilio's accounts. Rows carry a secret (`auth_token`); nothing but what is named here is read."""

import re
from dataclasses import dataclass

from billingbot.connectors.json_row import JsonRow
from billingbot.connectors.twilio.account import SOURCE
from billingbot.errors import UpstreamSchemaError

_SID = re.compile(r"AC[0-9a-fA-F]{32}")


@dataclass(frozen=True, slots=True)
class Subaccount:
    """A customer. `status` is `active`, `suspended` or `closed`."""

    sid: str
    name: str
    status: str


def subaccount_of(row: JsonRow) -> Subaccount | None:
    """Return the subaccount; None for the parent, which owns itself. Raises `UpstreamSchemaError`."""
    sid = row.text("sid")
    if not _SID.fullmatch(sid):
        raise UpstreamSchemaError(f"{row.place}: 'sid' is not the SID of an account.", source=SOURCE)
    if sid == row.text("owner_account_sid"):
        return None
    return Subaccount(sid, row.text("friendly_name"), row.text("status"))
