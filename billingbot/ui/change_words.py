"""Changes in words, as plain text: what happened to one client, and how much happened in a batch."""

from collections.abc import Mapping

from billingbot.domain.client_settings import ClientSettings, Setting
from billingbot.domain.decision import Action, Change
from billingbot.ui.wording import count

SETTING_WORDS: Mapping[Setting, str] = {
    Setting.USE_GLOBAL: "Global Setting",
    Setting.DROP_AZURE: "Drop Azure Lines",
    Setting.COLLAPSE_AZURE: "Collapse Azure Lines",
    Setting.DROP_FAVORABLE_PRORATES: "Drop Favorable Prorates",
    Setting.DROP_ZERO_DOLLAR: "Drop Zero Dollar Lines",
    Setting.ASSIGNMENT: "Assignment",
    Setting.EXCLUDED: "Exclude",
    Setting.LAST_INVOICE_ID: "Last invoice",
    Setting.RECURRING_INVOICE_ID: "Recurring invoice",
}

_TO_A_COMPANY: Mapping[Action, str] = {
    Action.LINK: "Linked",
    Action.UNLINK: "Unlinked",
    Action.CONFIRM: "Confirmed",
    Action.REVIEW: "Put back under review:",
    Action.REJECT: "Rejected",
    Action.FORGET: "Forgot the rejection of",
}

# What a decision records beside what it is about: to unlink is to reject the pair, to link is to forget a rejection.
COMPANIONS: Mapping[Action, Action] = {Action.REJECT: Action.UNLINK, Action.FORGET: Action.LINK}


def change_words(change: Change, company_name: str) -> str:
    """Return what was done, such as "Linked Acme GmbH" or "Exclude: off → on; Assignment: default → Last".

    Args:
        change: what was recorded.
        company_name: the name of its company; "" shows the company's id instead. Not used for settings.
    """
    if change.action is Action.EDIT:
        return "; ".join(_edits(change)) or "Nothing changed"
    return f"{_TO_A_COMPANY[change.action]} {company_name or change.company_id or 'a company'}"


def setting_value_words(setting: Setting, value: object) -> str:
    """Return a setting's value: on or off, an assignment, the number of an invoice.

    >>> setting_value_words(Setting.EXCLUDED, True), setting_value_words(Setting.ASSIGNMENT, "last")
    ('on', 'Last')
    >>> setting_value_words(Setting.ASSIGNMENT, None), setting_value_words(Setting.LAST_INVOICE_ID, None)
    ('default', 'none')
    """
    if setting is Setting.ASSIGNMENT:
        return str(value).capitalize() if value else "default"
    if setting in (Setting.LAST_INVOICE_ID, Setting.RECURRING_INVOICE_ID):
        return "none" if value is None else str(value)
    return "on" if value else "off"


def batch_words(actions: Mapping[str, int]) -> str:
    """Return how much was done, in the order of `Action`.

    >>> batch_words({"link": 174, "edit": 1}), batch_words({"unlink": 2, "reject": 2})
    ('Linked 174 companies, changed the settings of 1 client', 'Unlinked 2 companies')
    """
    counts = {Action(action): number for action, number in actions.items()}
    for companion, action in COMPANIONS.items():
        counts[companion] = max(0, counts.get(companion, 0) - counts.get(action, 0))
    phrases = [_done(action, counts[action]) for action in Action if counts.get(action)]
    words = ", ".join(phrases) or "nothing changed"
    return words[0].upper() + words[1:]


def _edits(change: Change) -> list[str]:
    """Return the settings that differ; a row that was not there, or is not there any more, stands for the defaults."""
    defaults = {setting.value: value for setting, value in ClientSettings().values().items()}
    before, after = defaults if change.before is None else change.before, change.after or defaults
    edits = []
    for setting, name in SETTING_WORDS.items():
        if setting.value not in before and setting.value not in after:
            continue
        old, new = (
            setting_value_words(setting, row.get(setting.value, defaults[setting.value])) for row in (before, after)
        )
        if old != new:
            edits.append(f"{name}: {old} → {new}")
    return edits


def _done(action: Action, number: int) -> str:
    companies, links = count(number, "company", "companies"), count(number, "link")
    return {
        Action.LINK: f"linked {companies}",
        Action.UNLINK: f"unlinked {companies}",
        Action.CONFIRM: f"confirmed {links}",
        Action.REVIEW: f"put {links} back under review",
        Action.REJECT: f"rejected {count(number, 'pair')}",
        Action.FORGET: f"forgot {count(number, 'rejection')}",
        Action.EDIT: f"changed the settings of {count(number, 'client')}",
    }[action]
