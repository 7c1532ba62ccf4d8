"""How a client is billed, and who said so."""

from dataclasses import replace

from billingbot.billing.effective import effective_settings
from billingbot.domain.billing import EffectiveSettings, Source
from billingbot.domain.client_settings import ClientSettings
from billingbot.domain.integration import Assignment, Modifiers
from tests.unit.billing.charges import PAX8

INTEGRATION = replace(PAX8, assignment=Assignment.LAST, modifiers=Modifiers(drop_azure=True))


def test_where_nobody_decided_anything_the_integration_says_all() -> None:
    assert effective_settings(ClientSettings(), INTEGRATION) == EffectiveSettings(
        modifiers=Modifiers(drop_azure=True),
        modifiers_from=Source.INTEGRATION,
        assignment=Assignment.LAST,
        assignment_from=Source.INTEGRATION,
        excluded=False,
    )


def test_a_client_that_leaves_the_global_setting_has_modifiers_of_its_own_also_those_that_are_off() -> None:
    own = ClientSettings(use_global=False, modifiers=Modifiers(drop_zero_dollar=True))

    found = effective_settings(own, INTEGRATION)

    assert (found.modifiers, found.modifiers_from) == (Modifiers(drop_zero_dollar=True), Source.CLIENT)
    assert found.assignment_from is Source.INTEGRATION


def test_under_the_global_setting_the_clients_modifiers_are_only_remembered() -> None:
    remembered = ClientSettings(use_global=True, modifiers=Modifiers(collapse_azure=True))

    found = effective_settings(remembered, INTEGRATION)

    assert (found.modifiers, found.modifiers_from) == (Modifiers(drop_azure=True), Source.INTEGRATION)


def test_an_assignment_that_is_decided_is_the_clients_even_if_it_is_that_of_the_integration() -> None:
    found = effective_settings(ClientSettings(assignment=Assignment.LAST), INTEGRATION)

    assert (found.assignment, found.assignment_from) == (Assignment.LAST, Source.CLIENT)


def test_whether_a_client_is_excluded_is_its_own() -> None:
    assert effective_settings(ClientSettings(excluded=True), INTEGRATION).excluded
