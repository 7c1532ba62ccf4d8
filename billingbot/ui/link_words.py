"""Links in words, as plain text: how a company came to be a client's, and when."""

from billingbot.domain.link import Link
from billingbot.domain.match import Outcome

MACHINE = "auto"


def link_words(link: Link) -> str:
    """Return the score, who linked it, the day (UTC), what is special, and why the machine found the pair, if it did.

    Such as "96 of 100 · linked by ann, 2026-11-22 · …". A score is never rounded up: 100 means all of it.
    """
    parts = [] if link.score is None else [f"{int(link.score)} of 100"]
    parts.append(f"linked {by_words(link.actor)}, {link.created_at:%Y-%m-%d}")
    if link.outcome is Outcome.REVIEW:
        parts.append("waits for review")
    if link.gone:
        parts.append("gone at the distributor")
    if link.score is not None:
        parts.append(link.reason)
    return " · ".join(parts)


def by_words(actor: str) -> str:
    """Say who did something.

    >>> by_words("auto"), by_words("ann")
    ('automatically', 'by ann')
    """
    return "automatically" if actor == MACHINE else f"by {actor}"
