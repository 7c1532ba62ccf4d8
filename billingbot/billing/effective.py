"""How a client is billed: its own settings, and the integration's where it has none, each with its source."""

from billingbot.domain.billing import EffectiveSettings, Source
from billingbot.domain.client_settings import ClientSettings
from billingbot.domain.integration import Integration


def effective_settings(settings: ClientSettings, integration: Integration) -> EffectiveSettings:
    """Return what holds for the client, and who said so."""
    return EffectiveSettings(
        modifiers=settings.effective_modifiers(integration),
        modifiers_from=Source.INTEGRATION if settings.use_global else Source.CLIENT,
        assignment=settings.effective_assignment(integration),
        assignment_from=Source.INTEGRATION if settings.assignment is None else Source.CLIENT,
        excluded=settings.excluded,
    )
