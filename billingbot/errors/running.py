"""A refresh or a sending could not start, or not go on."""

from billingbot.errors.root import BillingBotError


class RefreshError(BillingBotError):
    """A refresh could not start or go on; the last good lists are kept."""


class RefreshRunning(RefreshError):
    """A refresh of this integration is under way; watch that one.

    Args:
        run_id: the run that is under way.
    """

    def __init__(self, run_id: str) -> None:
        super().__init__("A refresh of this integration is already running.")
        self.run_id = run_id


class RefreshStopped(RefreshError):
    """This run may not write any more: cancelled, or its lease went to another process."""


class ApprovalNeeded(RefreshError):
    """The new lists lack so many rows that a person has to say that this is right."""


class SendError(BillingBotError):
    """Nothing more is sent; what was sent is in the ledger."""


class SendingRunning(SendError):
    """Charges of this integration are being sent; watch that, or wait."""


class SendingStopped(SendError):
    """This sending may not write any more: its lease went to another process."""


class LedgerChanged(SendError):
    """Another sending of the client and period came first: plan again."""


class PlanOutdated(SendError):
    """What the plan rests on has changed since it was made: nothing was sent, plan again."""
