"""What decisions, their history and their undoing ask of the database."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from billingbot.domain.client_settings import ClientSettings
from billingbot.domain.decision import Decision, Receipt, Stamp
from billingbot.domain.history import ActivityFilter, Batch, Recorded, Revision
from billingbot.domain.link import Link
from billingbot.domain.party import Company
from billingbot.domain.refresh import RefreshRun


class DecisionStore(Protocol):
    """Where decisions are made and taken back. Everything about one integration, by its key."""

    def decide(self, integration: str, decisions: Sequence[Decision], stamp: Stamp) -> Receipt:
        """Carry out all decisions in one transaction, or none; each change gets an audit row.

        A request that was carried out before changes nothing and returns the receipt of then. A decision that finds
        everything as it wants it changes nothing. Linking a rejected pair forgets the rejection; only accepting it as a
        suggestion is refused.

        Raises:
            DecisionRefused: the settings have another version; the company is linked, or not linked to this client,
                any more; a suggestion was rejected, or its client got another company; the client or company is gone
                or unknown. All clashes are named.
            NotFound: no such integration.
        """

    def undo(self, batch: str, stamp: Stamp, *, partly: bool = False) -> Receipt:
        """Take back a batch: each change is reversed, if what it changed still is as it left it.

        A link that the machine made is remembered as rejected, so that no refresh brings it back. Defaults, product
        mappings, and that an integration was deleted or restored, are taken back likewise; its credentials are not
        kept, so that it comes back without them.

        Args:
            batch: what to undo; an undo can be undone.
            stamp: who and when, under a request of its own.
            partly: leave what was changed since (`Receipt.kept` says what), instead of refusing.

        Raises:
            DecisionRefused: something was changed since, and nothing was undone; or it was undone already; or it is
                nothing that can be undone: credentials, and that an integration was connected.
            NotFound: no such batch.
        """

    def settings(self, integration: str, client_id: int) -> ClientSettings:
        """Return what is decided for the client; version 0 when nothing is."""

    def links(self, integration: str, client_id: int) -> list[Link]:
        """Return the client's companies by name."""

    def free_companies(self, integration: str) -> list[Company]:
        """Return the companies that are not gone and that no client holds, by name."""

    def history(self, integration: str, client_id: int, limit: int) -> list[Recorded]:
        """Return what was decided about the client, newest first."""

    def batches(self, wanted: ActivityFilter, limit: int) -> list[Batch]:
        """Return the batches of changes, newest first; a refresh that linked companies is one."""

    def batch_changes(self, batch: str, limit: int) -> list[Recorded]:
        """Return what was changed in the batch, in the order in which it was."""

    def runs(self, wanted: ActivityFilter, limit: int) -> list[RefreshRun]:
        """Return refresh runs, newest first; `text` is looked for in their errors."""

    def actors(self) -> list[str]:
        """Return everybody who has changed anything, by name."""

    def changed_integrations(self) -> list[str]:
        """Return the keys of the integrations that anything is recorded of, and "halo" for HaloPSA."""

    def revision(self) -> Revision:
        """Return how often anything has changed."""

    def changed_clients(self, integration: str, since: int) -> frozenset[int]:
        """Return the clients whose row may differ from that of revision `since`, where that is not all of them."""

    def acknowledged(self, boot: str) -> int:
        """Return the number of the last event of a grid's outbox that was carried out or refused; 0 for none."""

    def acknowledge(self, boot: str, number: int, now: datetime) -> None:
        """Remember that the events of the outbox up to this one are done; a smaller number changes nothing."""
