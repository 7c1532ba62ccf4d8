"""What happened: changes as they were recorded, and the batches that they were made and can be undone in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from billingbot.domain.decision import Change, Entity


@dataclass(frozen=True, slots=True)
class Recorded:
    """A change with who, when (UTC) and why, and the names of its client and company as they are today.

    The names are "" where it is about none.
    """

    audit_id: int
    batch: str
    integration: str
    actor: str
    at: datetime
    change: Change
    client: str
    company: str
    reason: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Changes that were made together. `actions` counts them by action, `clients` are distinct.

    `client` names the only one there is, or the first of several. `undoes` is the batch that this one undid, if it is
    an undo; `undone_by` the actor of the undo that took this batch back, "" while it stands.

    `setup` is what was changed of what is set up, None when clients were decided about. `subject` is then the key of
    the integration or vendor, or the name of the only product or of the first of several.
    """

    batch: str
    integration: str
    actor: str
    at: datetime
    actions: Mapping[str, int]
    clients: int
    client: str
    undoes: str | None
    undone_by: str
    setup: Entity | None = None
    subject: str = ""


@dataclass(frozen=True, slots=True)
class ActivityFilter:
    """Which batches or runs are wanted; "", None and () are any. `text` is looked for in names, ids, actors, reasons.

    `batches` are ids of batches; it says nothing about runs.
    """

    integration: str = ""
    actor: str = ""
    text: str = ""
    since: datetime | None = None
    batches: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Revision:
    """How often decisions and lists have changed. A page that has drawn `latest` is up to date.

    `all_rows` is the newest revision after which any row may look different: a refresh, or new defaults. Later
    revisions changed only the clients that they are recorded for.
    """

    latest: int
    all_rows: int
