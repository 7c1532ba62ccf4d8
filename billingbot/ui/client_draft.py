"""What an operator wants a client's settings to be, before it is saved: where it starts, what differs, what to mind."""

from billingbot.domain.client_settings import ClientSettings, Setting, SettingValue
from billingbot.domain.integration import Assignment, Integration, Modifiers


def own_modifiers(seen: ClientSettings, integration: Integration) -> Modifiers:
    """Return where the client's own modifiers start: as they were last, or, if it never had any, as they hold now."""
    never_had = seen.use_global and seen.modifiers == Modifiers()
    return integration.modifiers if never_had else seen.modifiers


def differing(seen: ClientSettings, wanted: ClientSettings) -> dict[Setting, SettingValue]:
    """Return the wanted values that are not as they were seen."""
    before = seen.values()
    return {setting: value for setting, value in wanted.values().items() if value != before[setting]}


def warnings(wanted: ClientSettings, integration: Integration) -> list[str]:
    """Return what an operator may not expect of these settings, a sentence each; a warning that is moot is left out."""
    if wanted.excluded:
        return ["Do Not Invoice is on: nothing is billed, and the other settings do not matter until it is off."]
    found = []
    modifiers = wanted.effective_modifiers(integration)
    if modifiers.drop_azure and modifiers.collapse_azure:
        found.append("Drop Azure Lines and Collapse Azure Lines are both on: drop wins, nothing is left to collapse.")
    if wanted.lacks_target(integration):
        kind = "recurring invoice" if wanted.effective_assignment(integration) is Assignment.RECURRING else "invoice"
        found.append(f"There is no {kind} to put charges on yet: pick one with Assign Invoice.")
    return found
