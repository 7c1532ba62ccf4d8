"""What operators decide: to link, unlink, confirm, reject, and to set how a client is billed.

Several decisions are asked for together and carried out all or none. Each says what it rests on (a version, a pair that
is linked), so that a decision about something that has changed meanwhile is refused instead of overwriting it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from billingbot.domain.client_settings import Setting, SettingValue


@dataclass(frozen=True, slots=True)
class EditSettings:
    """Set fields of a client's settings. `version` is the one that the operator saw."""

    client_id: int
    version: int
    fields: Mapping[Setting, SettingValue]


@dataclass(frozen=True, slots=True)
class LinkCompany:
    """Say that a free company is a client. Score (0..100) and reason are the machine's, when it suggested the pair.

    A rejection of the pair is forgotten, unless the link is `suggested`: whoever accepts a suggestion saw no rejection.
    """

    company_id: str
    client_id: int
    score: float | None = None
    reason: str = "Linked by hand."
    suggested: bool = False


@dataclass(frozen=True, slots=True)
class UnlinkCompany:
    """Say that a linked company is not this client, and remember the pair, so that no refresh brings it back."""

    company_id: str
    client_id: int


@dataclass(frozen=True, slots=True)
class ConfirmLink:
    """Say that a link that the machine made and marked Review is right."""

    company_id: str
    client_id: int


@dataclass(frozen=True, slots=True)
class RejectPair:
    """Say that a suggested pair is wrong; it is never suggested again."""

    company_id: str
    client_id: int


Decision = EditSettings | LinkCompany | UnlinkCompany | ConfirmLink | RejectPair


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who decides, when (UTC), and under which request: one that was carried out already does nothing again.

    `request_id` is also the batch, which is undone as one.
    """

    request_id: str
    actor: str
    at: datetime
    reason: str = ""


class Entity(StrEnum):
    """What a change is about: a table of decisions about clients, or one of what is set up."""

    MAPPING = "mapping"
    REJECTED_PAIR = "rejected_pair"
    CLIENT_SETTINGS = "client_settings"
    INTEGRATION = "integration"
    CREDENTIAL = "credential"
    PRODUCT_MAPPING = "product_mapping"
    USER = "user"


SETUP = frozenset({Entity.INTEGRATION, Entity.CREDENTIAL, Entity.PRODUCT_MAPPING, Entity.USER})
"""What is set up, rather than decided about clients."""


class Action(StrEnum):
    """What was done to it."""

    LINK = "link"
    UNLINK = "unlink"
    CONFIRM = "confirm"
    REVIEW = "review"
    REJECT = "reject"
    FORGET = "forget"
    EDIT = "edit"
    ADD = "add"
    REMOVE = "remove"
    RESTORE = "restore"
    MAP = "map"
    UNMAP = "unmap"


@dataclass(frozen=True, slots=True)
class Change:
    """One row of a decision table as it was and as it became: the fields that differ; None is no row.

    `company_id` is None for settings. A change of what is set up is about no client (`client_id` is None), but about a
    `subject`: the key of an integration, of a vendor, of a product, of a user.
    Actions that undo others are of the same kinds: to undo a confirmation is to put the link back under review, to undo
    a rejection is to forget it, to undo the mapping of a product is to map it as before.
    """

    entity: Entity
    action: Action
    client_id: int | None
    company_id: str | None
    before: Mapping[str, object] | None
    after: Mapping[str, object] | None
    subject: str = ""

    @property
    def about_client(self) -> int:
        """Return the client that was decided about. Changes of what is set up have none."""
        if self.client_id is None:
            raise ValueError(f"{self.action} of {self.entity} {self.subject} is about no client")
        return self.client_id


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a request changed, in order; nothing when everything was as wanted already.

    `kept` are sentences about what could not be undone because it was changed since.
    """

    batch: str
    changes: tuple[Change, ...]
    kept: tuple[str, ...] = ()
