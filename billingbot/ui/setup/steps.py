"""Where the setup stands. It is kept in the database: a closed tab or another start of the server goes on there."""

from collections.abc import Mapping
from enum import StrEnum

from billingbot.bootstrap import App

_SETTING = "setup"


class SetupStep(StrEnum):
    """The steps, in order, as the database has them."""

    WELCOME = "welcome"
    HALO = "halo"
    DISTRIBUTORS = "distributors"
    DEFAULTS = "defaults"
    REFRESH = "refresh"
    RESULT = "result"


class SetupEnd(StrEnum):
    """How the setup is over, as the database has it."""

    DONE = "done"
    SKIPPED = "skipped"


TITLES: Mapping[SetupStep, str] = {
    SetupStep.HALO: "HaloPSA",
    SetupStep.DISTRIBUTORS: "Distributors",
    SetupStep.DEFAULTS: "Defaults",
    SetupStep.REFRESH: "Refresh",
    SetupStep.RESULT: "Result",
}
"""The steps of the stepper. Welcome comes before the first one."""


def current_step(app: App) -> SetupStep:
    """Return the step to show: the first one when the setup was never begun, or is over and is run again."""
    kept = app.store.setting(_SETTING)
    return SetupStep(kept) if kept in list(SetupStep) else SetupStep.WELCOME


def is_over(app: App) -> bool:
    """Say whether the setup was finished or skipped before."""
    return app.store.setting(_SETTING) in list(SetupEnd)


def leads_to_setup(app: App) -> bool:
    """Say whether whoever comes to the app should see the setup first.

    Not in a sandbox, which is set up, nor where integrations are there without it: from the environment, or from before
    there was a setup. One that was left before its refresh gives way as soon as clients were read some other way.
    """
    if app.sandbox:
        return False
    kept = app.store.setting(_SETTING)
    if kept in (SetupStep.REFRESH, SetupStep.RESULT):
        return True
    integrations = app.store.integrations()
    if kept in list(SetupStep):
        return not any(app.store.latest_success(integration.key) for integration in integrations)
    return not kept and not integrations


def go_to(app: App, step: SetupStep) -> None:
    """Show that step from now on."""
    app.store.save_setting(_SETTING, step, app.stamp(app.actor))


def end_setup(app: App, how: SetupEnd) -> None:
    """Lead nobody to the setup any more."""
    app.store.save_setting(_SETTING, how, app.stamp(app.actor))


def neighbour(step: SetupStep, distance: int) -> SetupStep:
    """Return the step that comes so many after this one, or before it.

    >>> neighbour(SetupStep.HALO, 1).value, neighbour(SetupStep.HALO, -1).value
    ('distributors', 'welcome')
    """
    steps = list(SetupStep)
    return steps[steps.index(step) + distance]
