"""Defaults of an integration in words, as plain text: their names, their values, what a change of them does."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from billingbot.domain.integration import Integration
from billingbot.domain.schedule import next_due
from billingbot.jobs.preview_defaults import DefaultsPreview
from billingbot.ui.wording import count

NAMES: Mapping[str, str] = {
    "drop_azure": "Drop Azure Lines",
    "collapse_azure": "Collapse Azure Lines",
    "drop_favorable_prorates": "Drop Favorable Prorates",
    "drop_zero_dollar": "Drop Zero Dollar Lines",
    "assignment": "Invoice Assignment",
    "threshold": "Similarity",
    "guards": "Guards",
    "refresh_at": "Refresh",
}


def value_words(name: str, value: object) -> str:
    """Return the value of a default.

    >>> value_words("guards", True), value_words("assignment", "last"), value_words("threshold", 92)
    ('on', 'Last', '92')
    >>> value_words("refresh_at", ""), value_words("refresh_at", "06:30")
    ('off', 'daily at 06:30')
    """
    if name == "refresh_at":
        return f"daily at {value}" if value else "off"
    if isinstance(value, bool):
        return "on" if value else "off"
    return str(value).capitalize()


def schedule_words(refresh_at: str, zone: ZoneInfo, now: datetime) -> str:
    """Say when clients are refreshed, and when next.

    >>> from datetime import UTC
    >>> schedule_words("06:30", ZoneInfo("Europe/Berlin"), datetime(2026, 11, 26, 12, 0, tzinfo=UTC))
    'Daily at 06:30 Europe/Berlin, next on 2026-11-27'
    >>> schedule_words("", ZoneInfo("Europe/Berlin"), datetime(2026, 11, 26, 12, 0, tzinfo=UTC))
    'Not scheduled'
    """
    if not refresh_at:
        return "Not scheduled"
    return f"Daily at {refresh_at} {zone.key}, next on {next_due(refresh_at, zone, now).day:%Y-%m-%d}"


def preview_words(seen: Integration, wanted: Integration, preview: DefaultsPreview) -> list[str]:
    """Say what the new defaults change, a sentence a kind of change."""
    found = []
    if wanted.modifiers != seen.modifiers:
        mapped = f", {preview.rules_mapped:,} of them with a company" if preview.rules_mapped else ""
        found.append(
            f"Changes the billing rules of {_clients(preview.rules)}{mapped}. Clients with their own keep them."
        )
    if wanted.assignment != seen.assignment:
        lacking = (
            f"; {preview.lacking_target:,} of them without an invoice picked so far" if preview.lacking_target else ""
        )
        found.append(f"Changes where the charges of {_clients(preview.assignment)} go{lacking}.")
    if (wanted.threshold, wanted.guards) != (seen.threshold, seen.guards):
        found.append(f"{_links(preview)} Links that exist stay.")
    return found


def _clients(number: int) -> str:
    return count(number, "client") if number else "no client"


def _links(preview: DefaultsPreview) -> str:
    then, now = preview.links_then, preview.links_now
    review = f", {preview.review_then:,} of them to review" if preview.review_then else ""
    companies = count(then, "company", "companies") if then else "no company"
    if then == now:
        return f"As now, the next refresh would link {companies}{review}."
    return f"The next refresh would link {companies}{review}, instead of {now:,}."
