"""A person may not do that."""

from enum import StrEnum

from billingbot.errors.root import BillingBotError


class Refusal(StrEnum):
    """Why, as far as it decides what helps."""

    SIGNED_OUT = "this sign-in was ended"
    TOO_OLD = "this sign-in is too old"
    DISABLED = "the user was disabled"
    NO_ROLE = "the user has no role"
    ROLE = "the role is not enough"


class AccessRefused(BillingBotError):
    """The signed-in person may not do that, or is not signed in any more; nothing was changed.

    Args:
        message: one sentence for the person, with what to do.
        refusal: why.
    """

    def __init__(self, message: str, refusal: Refusal) -> None:
        super().__init__(message)
        self.refusal = refusal
