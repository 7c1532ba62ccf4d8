"""The text of a card, as HTML: name and status, what is wrong, figures, and when clients were and will be refreshed."""

from collections.abc import Sequence
from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

from billingbot.domain.credential import Origin
from billingbot.domain.refresh import RefreshRun, RefreshState
from billingbot.ui.activity.words import who_words
from billingbot.ui.integrations.defaults_words import schedule_words
from billingbot.ui.integrations.scene import Card
from billingbot.ui.integrations.vendor_status import Standing, Status
from billingbot.ui.wording import age, iso

_LOOKS = {
    Status.CONNECTED: "good",
    Status.SANDBOX: "sandbox",
    Status.UNTESTED: "open",
    Status.FAILING: "bad",
    Status.UNREADABLE: "bad",
    Status.INCOMPLETE: "warn",
    Status.DELETED: "off",
    Status.NOT_CONFIGURED: "off",
}
_ORIGINS = {Origin.ENVIRONMENT: "From the environment", Origin.SANDBOX: "Invented data"}
_MARK_LETTERS = 2


def head(name: str, standing: Standing, what: str) -> str:
    """Return the first line of a card: a mark, the name, what it is, the status."""
    mark = "".join(word[0] for word in name.split())[:_MARK_LETTERS].upper()
    origin = _ORIGINS[standing.given] if standing.given else ""
    return (
        f'<div class="vendor-head"><span class="vendor-mark" aria-hidden="true">{escape(mark)}</span>'
        f"<div><h3>{escape(name)}</h3><p>{' · '.join(escape(part) for part in (what, origin) if part)}</p></div>"
        f'<span class="status status-{_LOOKS[standing.status]}">{standing.status}</span></div>'
    )


def trouble(detail: str, advice: str) -> str:
    """Return what is wrong and what to do about it."""
    return f'<div class="trouble" role="status"><p>{escape(detail)}</p><p class="advice">{escape(advice)}</p></div>'


def numbers(figures: Sequence[tuple[str, int, str]]) -> str:
    """Return figures side by side: label, number, and what it counts."""
    cells = "".join(
        f'<div title="{escape(meaning)}"><dd>{number:,}</dd><dt>{escape(label)}</dt></div>'
        for label, number, meaning in figures
    )
    return f'<dl class="numbers">{cells}</dl>'


def figures_of(card: Card) -> list[tuple[str, int, str]]:
    """Return the figures of an integration."""
    figures = card.figures
    name = card.vendor.name
    return [
        ("Companies", figures.companies, f"Companies that {name} lists"),
        ("Mapped", figures.mapped, "Companies that are linked to a client in HaloPSA"),
        ("To review", figures.review, "Links that the machine made and that wait for a click"),
        ("Without client", figures.companies - figures.mapped, "Companies that no client holds: nobody is billed"),
    ]


def refreshes(card: Card, zone: str, now: datetime) -> str:
    """Return when the clients of an integration were refreshed, and when they will be."""
    lines = [("Last refresh", _last(card, now))]
    if card.latest and card.latest != card.succeeded and (ended := _ended(card.latest, now)):
        lines.append(("Since then", ended))
    if card.integration:
        words = schedule_words(card.integration.refresh_at, ZoneInfo(zone), now)
        lines.append(("Schedule", escape(words)))
    return f'<dl class="facts">{"".join(f"<div><dt>{label}</dt><dd>{text}</dd></div>" for label, text in lines)}</dl>'


def _last(card: Card, now: datetime) -> str:
    run = card.succeeded
    if run is None or run.finished_at is None:
        return "Never"
    return f'<time title="{iso(run.finished_at)}">{age(run.finished_at, now)}</time> by {escape(who_words(run.actor))}'


def _ended(run: RefreshRun, now: datetime) -> str:
    """Return how a run ended that did not succeed."""
    when = age(run.finished_at or run.started_at, now)
    if run.state is RefreshState.FAILED:
        return f'<span class="bad">Failed {when}: {escape(run.error or "")}</span>'
    if run.state is RefreshState.NEEDS_APPROVAL:
        return f'<span class="bad">Stopped {when}: it would lose many rows. Decide on Client Management.</span>'
    if run.state is RefreshState.CANCELLED:
        return f"Cancelled {when}"
    return f"Interrupted {when}" if run.state is RefreshState.ABANDONED else ""
