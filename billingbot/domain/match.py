"""What the machine finds when it compares the two lists."""

from enum import StrEnum


class Outcome(StrEnum):
    """How sure a found pair is. The first two become a mapping, the third waits for a person."""

    CONFIDENT = "confident"
    REVIEW = "review"
    SUGGESTED = "suggested"


class ClientStatus(StrEnum):
    """The one word that the grid shows for a client. In order of precedence."""

    GONE = "Gone"
    EXCLUDED = "Excluded"
    REVIEW = "Review"
    MAPPED = "Mapped"
    SUGGESTED = "Suggested"
    UNMAPPED = "Unmapped"
