"""The database could not do what was asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from billingbot.errors.root import BillingBotError


class StoreError(BillingBotError):
    """The database could not do what was asked; nothing was changed."""


class StoreBusy(StoreError):
    """Another process holds the database file.

    Args:
        message: what is locked, and what to do.
        holder: process id of the holder, when the engine says it.
    """

    def __init__(self, message: str, *, holder: int | None = None) -> None:
        super().__init__(message)
        self.holder = holder


class StoreUnavailable(StoreError):
    """The database server is away, or does not answer in time; nothing was saved, as far as is known."""


class StoreConflict(StoreError):
    """The row is not the one that was read: somebody else changed it."""


@dataclass(frozen=True, slots=True)
class Clash:
    """Why one decision was refused: a sentence, and for settings the fields as they stand and as they were wanted.

    `version` is the one that stands now. `theirs` and `mine` have the same keys. What is set up is about no client:
    `client_id` is 0.
    """

    client_id: int
    sentence: str
    version: int = 0
    theirs: Mapping[str, object] = field(default_factory=dict)
    mine: Mapping[str, object] = field(default_factory=dict)


class DecisionRefused(StoreConflict):
    """What a decision rests on has changed; none of the decisions asked for with it was carried out.

    Args:
        clashes: one or more, in the order in which the decisions were asked for.
    """

    def __init__(self, clashes: Sequence[Clash]) -> None:
        super().__init__(" ".join(clash.sentence for clash in clashes))
        self.clashes = tuple(clashes)


class StoreTooNew(StoreError):
    """The database has migrations that this code does not know, or knows differently."""


class WrongDatabase(StoreError):
    """The database holds other data than it was opened for: invented and real clients must not mix."""


class StoreFull(StoreError):
    """No space left on the device; nothing was saved."""


class StoreCorrupt(StoreError):
    """The database file is damaged or is not a database; it was not touched.

    Args:
        message: what is damaged, and what to do.
        log_position: up to which byte the log of the newest changes is whole, when only the log is damaged.
    """

    def __init__(self, message: str, *, log_position: int | None = None) -> None:
        super().__init__(message)
        self.log_position = log_position


class StoreTailLost(StoreCorrupt):
    """The database can be read, but lacks changes that were saved in it; it was not touched."""


class BackupUnfit(StoreError):
    """The file is not a backup, or not a whole one, or does not fit where it is to go; nothing was changed."""
