"""How much chance the tests of faults take: a little each time, much with `BILLINGBOT_FAULTS=full`."""

import os
import random

from hypothesis import HealthCheck, settings

SIZE = "BILLINGBOT_FAULTS"
SEED = "BILLINGBOT_FAULTS_SEED"
FULL = os.environ.get(SIZE) == "full"
_EVERY_TIME = 20261126


def sized(quick: int, full: int) -> int:
    """Return how often, or how long."""
    return full if FULL else quick


def seed() -> int:
    """Return what chances are drawn from: always the same, or another one each time in the full size."""
    return int(os.environ.get(SEED, _EVERY_TIME))


def chances() -> random.Random:
    """Return chances that come again with the same seed."""
    return random.Random(seed())  # noqa: S311 - not a secret


def draw_seed() -> None:
    """Let all processes of a full run draw from one new seed, unless one was given."""
    if FULL:
        os.environ.setdefault(SEED, str(random.SystemRandom().randrange(10**9)))


def examples(quick: int, full: int) -> settings:
    """Return how hypothesis tries examples on a store that is one for all of them: the same ones in a quick run."""
    return settings(
        max_examples=sized(quick, full),
        deadline=None,
        derandomize=not FULL,
        database=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
