"""The rules that keep a charge off the invoice, in the order in which they are asked."""

from billingbot.domain.billing import EffectiveSettings, Rule
from billingbot.domain.charge import Charge, ChargeKind


def dropped_by(charge: Charge, settings: EffectiveSettings) -> Rule | None:
    """Return the first rule that drops the charge, None when it is billed.

    Azure is what the distributor's connector found evidence for (`Charge.azure`). A prorate is favorable when its price
    is negative: the credit is the reseller's then. A line is of zero dollars when its price is exactly 0.
    """
    modifiers = settings.modifiers
    if settings.excluded:
        return Rule.DO_NOT_INVOICE
    if modifiers.drop_azure and charge.azure:
        return Rule.DROP_AZURE
    if modifiers.drop_favorable_prorates and charge.kind is ChargeKind.PRORATE and charge.price < 0:
        return Rule.DROP_FAVORABLE_PRORATES
    if modifiers.drop_zero_dollar and charge.price == 0:
        return Rule.DROP_ZERO_DOLLAR
    return None
