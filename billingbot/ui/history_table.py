"""What was decided about a client, as a table: a row a change, the newest first."""

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from billingbot.domain.history import Batch, Recorded
from billingbot.ui.activity.words import who_words
from billingbot.ui.change_words import COMPANIONS, change_words
from billingbot.ui.wording import count


def history_table(history: Sequence[Recorded], batches: Mapping[str, Batch]) -> pd.DataFrame:
    """Return the changes in their order, without those that only go along with another.

    Args:
        history: of one client.
        batches: what is known of the batches, by id, to say which are undone or undo another.

    Columns: number int64 (of the row, from 0) · When (UTC), to the minute · Who · What · Why · State · batch, all str.
    """
    rows = [
        (
            f"{recorded.at:%Y-%m-%d %H:%M}",
            who_words(recorded.actor),
            change_words(recorded.change, recorded.company),
            recorded.reason,
            _state(batches.get(recorded.batch)),
            recorded.batch,
        )
        for recorded in _told(history)
    ]
    table = pd.DataFrame(rows, columns=["When (UTC)", "Who", "What", "Why", "State", "batch"], dtype="str")
    table.insert(0, "number", range(len(table)))
    return table


def _told(history: Sequence[Recorded]) -> Iterator[Recorded]:
    done = {(recorded.batch, recorded.change.action, recorded.change.company_id) for recorded in history}
    for recorded in history:
        leading = COMPANIONS.get(recorded.change.action)
        if (recorded.batch, leading, recorded.change.company_id) not in done:
            yield recorded


def _state(batch: Batch | None) -> str:
    """Say whether the change stands, and how many clients were changed with it."""
    if batch is None:
        return ""
    parts = [count(batch.clients, "client")] if batch.clients > 1 else []
    if batch.undone_by:
        parts.append(f"undone by {batch.undone_by}")
    elif batch.undoes:
        parts.append("undo")
    return " · ".join(parts)
