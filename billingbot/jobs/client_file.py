"""The client table as a file: its headings, and the check that tells an edited row, and one that is out of date."""

import hashlib
from collections.abc import Mapping, Sequence
from enum import StrEnum

from billingbot.domain.client_settings import Setting
from billingbot.jobs.client_values import Settings


class Heading(StrEnum):
    """The columns of the file, in their order."""

    INTEGRATION = "Integration"
    CLIENT_ID = "Halo Id"
    CLIENT = "Halo Client"
    STATUS = "Status"
    COMPANIES = "Distributor Client"
    COMPANY_IDS = "Company Ids"
    SCORE = "Match Score"
    REASON = "Match Reason"
    LAST_INVOICE = "Last (# Invoice)"
    RECURRING_INVOICE = "Recurring (# Invoice)"
    ASSIGNMENT = "Assignment"
    EFFECTIVE_ASSIGNMENT = "Effective Assignment"
    MISSING_TARGET = "Missing Target"
    EXCLUDED = "Exclude"
    USE_GLOBAL = "Global Setting"
    DROP_AZURE = "Drop Azure Lines"
    COLLAPSE_AZURE = "Collapse Azure Lines"
    DROP_FAVORABLE_PRORATES = "Drop Favorable Prorates"
    DROP_ZERO_DOLLAR = "Drop Zero Dollar Lines"
    CHECK = "Row Check"


SETTING_COLUMNS: Mapping[Heading, Setting] = {
    Heading.LAST_INVOICE: Setting.LAST_INVOICE_ID,
    Heading.RECURRING_INVOICE: Setting.RECURRING_INVOICE_ID,
    Heading.ASSIGNMENT: Setting.ASSIGNMENT,
    Heading.EXCLUDED: Setting.EXCLUDED,
    Heading.USE_GLOBAL: Setting.USE_GLOBAL,
    Heading.DROP_AZURE: Setting.DROP_AZURE,
    Heading.COLLAPSE_AZURE: Setting.COLLAPSE_AZURE,
    Heading.DROP_FAVORABLE_PRORATES: Setting.DROP_FAVORABLE_PRORATES,
    Heading.DROP_ZERO_DOLLAR: Setting.DROP_ZERO_DOLLAR,
}
"""The columns that set a client's settings. With `COMPANY_IDS` they are those that an import reads."""

DEFAULT = "Default"
"""What stands under `ASSIGNMENT` when nobody has decided it."""


def row_check(client_id: int, company_ids: Sequence[str], settings: Settings) -> str:
    """Return a short hash of what an import may change of a client. `company_ids` are sorted.

    It starts with a letter that is no hexadecimal digit: a spreadsheet turns 0012345678 and 12345e6789 into numbers.
    """
    text = "\n".join([str(client_id), *company_ids, *(str(settings[setting]) for setting in Setting)])
    return "r" + hashlib.sha256(text.encode()).hexdigest()[:10]
