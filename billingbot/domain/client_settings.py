"""How one client's charges are billed, as an operator decided it; the integration says what nobody decided."""

from dataclasses import dataclass, field
from enum import StrEnum

from billingbot.domain.integration import Assignment, Integration, Modifiers


class Setting(StrEnum):
    """The fields of a client's settings, as the store and the audit trail name them."""

    USE_GLOBAL = "use_global"
    DROP_AZURE = "drop_azure"
    COLLAPSE_AZURE = "collapse_azure"
    DROP_FAVORABLE_PRORATES = "drop_favorable_prorates"
    DROP_ZERO_DOLLAR = "drop_zero_dollar"
    ASSIGNMENT = "assignment"
    EXCLUDED = "excluded"
    LAST_INVOICE_ID = "last_invoice_id"
    RECURRING_INVOICE_ID = "recurring_invoice_id"


SettingValue = bool | int | Assignment | None
"""A flag, an invoice, an assignment; None for no invoice or the integration's assignment."""


@dataclass(frozen=True, slots=True)
class ClientSettings:
    """What is decided for a client of an integration. `version` 0 means that nobody has decided anything.

    `use_global` is the page's Global Setting: on, the modifiers are the integration's, and `modifiers` only remembers
    what they were. `assignment` None is the integration's. `excluded` is also called Do Not Invoice.
    """

    use_global: bool = True
    modifiers: Modifiers = field(default_factory=Modifiers)
    assignment: Assignment | None = None
    excluded: bool = False
    last_invoice_id: int | None = None
    recurring_invoice_id: int | None = None
    version: int = 0

    def effective_assignment(self, integration: Integration) -> Assignment:
        """Return how charges reach HaloPSA."""
        return self.assignment or integration.assignment

    def effective_modifiers(self, integration: Integration) -> Modifiers:
        """Return the billing rules that hold."""
        return integration.modifiers if self.use_global else self.modifiers

    def target(self, assignment: Assignment) -> int | None:
        """Return the invoice that charges go to: none for new ones, or while nobody has picked one."""
        return {
            Assignment.NEW: None,
            Assignment.LAST: self.last_invoice_id,
            Assignment.RECURRING: self.recurring_invoice_id,
        }[assignment]

    def lacks_target(self, integration: Integration) -> bool:
        """Say whether charges have nowhere to go until somebody picks an invoice."""
        assignment = self.effective_assignment(integration)
        return assignment is not Assignment.NEW and self.target(assignment) is None

    def values(self) -> dict[Setting, SettingValue]:
        """Return all fields but the version."""
        modifiers = self.modifiers
        return {
            Setting.USE_GLOBAL: self.use_global,
            Setting.DROP_AZURE: modifiers.drop_azure,
            Setting.COLLAPSE_AZURE: modifiers.collapse_azure,
            Setting.DROP_FAVORABLE_PRORATES: modifiers.drop_favorable_prorates,
            Setting.DROP_ZERO_DOLLAR: modifiers.drop_zero_dollar,
            Setting.ASSIGNMENT: self.assignment,
            Setting.EXCLUDED: self.excluded,
            Setting.LAST_INVOICE_ID: self.last_invoice_id,
            Setting.RECURRING_INVOICE_ID: self.recurring_invoice_id,
        }
