"""A list of pairs that the machine found: each can be ticked or unticked, decided together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from billingbot.domain.decision import Receipt, Stamp
from billingbot.jobs.proposals import LeftOut, Proposal, Proposals
from billingbot.ports import Store
from billingbot.ui.dialogs.many import ManyOpening, draw_refusal, save_all
from billingbot.ui.dialogs.opening import Scene, draw_cancel, opening_of
from billingbot.ui.wording import count

# Of so few pairs each is ticked by hand.
_SHORT = 8


@dataclass(frozen=True, slots=True)
class Deed:
    """What can be done with the pairs: how they are found, what is done, and how it is said.

    `only_likely` ticks at first only what reaches the integration's threshold, of a list that is too long to read.
    """

    find: Callable[[Store, str, Sequence[int]], Proposals]
    carry_out: Callable[[Store, str, Sequence[Proposal], Stamp], Receipt]
    noun: str
    verb: str
    done: str
    meaning: str
    only_likely: bool = False


@dataclass(kw_only=True)
class _Opening(ManyOpening):
    proposals: Proposals | None = None

    def read_again(self) -> None:
        """Let the next draw find the pairs that are there now; all of them are ticked again."""
        ManyOpening.read_again(self)
        self.proposals = None


def draw_proposals(scene: Scene, deed: Deed) -> None:
    """Draw the pairs of the dialog's clients, and the button that decides the ticked ones."""
    opening = opening_of(scene, _Opening)
    store, key = scene.app.store, scene.integration.key
    if opening.proposals is None:
        opening.proposals = deed.find(store, key, scene.dialog.client_ids)
    draw_refusal(opening)
    pairs = opening.proposals.pairs
    if pairs:
        st.markdown(f"{deed.meaning} The least alike come first.")
        likely = scene.integration.threshold if deed.only_likely else 0
        chosen = _draw_pairs(pairs, likely, scene.key(f"pairs-{opening.readings}"))
    else:
        chosen = []
        st.info(f"No {deed.noun} of these clients is open any more.")
    _draw_left_out(opening.proposals.left_out, scene.key("left-out"))
    with st.container(horizontal=True):
        if pairs and st.button(
            f"{deed.verb} {count(len(chosen), deed.noun)}",
            key=scene.key("save"),
            type="primary",
            disabled=not chosen,
            help=None if chosen else f"Tick a {deed.noun} first.",
        ):
            save_all(
                scene,
                opening,
                lambda stamp: deed.carry_out(store, key, chosen, stamp),
                lambda receipt: done_words(deed, len(chosen), receipt),
            )
        draw_cancel(scene, "Cancel" if pairs else "Close")


def done_words(deed: Deed, chosen: int, receipt: Receipt) -> str:
    """Say how many pairs were decided, and how many of the chosen ones had been by somebody else."""
    made = len({(change.company_id, change.client_id) for change in receipt.changes})
    others = f" {count(chosen - made, deed.noun)} had been decided so already." if made < chosen else ""
    return f"{deed.done} {count(made, deed.noun)}.{others}"


def pair_table(pairs: Sequence[Proposal]) -> pd.DataFrame:
    """Return the pairs as a table: Halo Client · Distributor Client · Score Int64, never rounded up · Reason."""
    return pd.DataFrame(
        {
            "Halo Client": pd.Series([pair.client for pair in pairs], dtype="str"),
            "Distributor Client": pd.Series([pair.company for pair in pairs], dtype="str"),
            "Score": pd.Series([None if pair.score is None else int(pair.score) for pair in pairs], dtype="Int64"),
            "Reason": pd.Series([pair.reason for pair in pairs], dtype="str"),
        }
    )


def _draw_pairs(pairs: Sequence[Proposal], likely: int, key: str) -> list[Proposal]:
    """Return the pairs that are ticked. Another range of scores ticks anew; what is in it stands first."""
    low, high = _draw_range([_score(pair) for pair in pairs], likely, f"{key}-scores")
    pairs = sorted(pairs, key=lambda pair: (not low <= _score(pair) <= high, pair.score or 0))
    scores = [_score(pair) for pair in pairs]
    selection = st.dataframe(
        pair_table(pairs),
        key=f"{key}-{low}-{high}",
        hide_index=True,
        placeholder="",
        on_select="rerun",
        selection_mode="multi-row",
        selection_default={"selection": {"rows": [row for row, score in enumerate(scores) if low <= score <= high]}},
        column_config={
            "Score": st.column_config.NumberColumn(format="%d", width="small", help="How alike the names are, of 100."),
            "Reason": st.column_config.TextColumn(width="large"),
        },
        alt="Pairs to decide",
    )
    return [pairs[row] for row in sorted(selection["selection"]["rows"]) if row < len(pairs)]


def _score(pair: Proposal) -> int:
    return int(pair.score or 0)


def _draw_range(scores: Sequence[int], likely: int, key: str) -> tuple[int, int]:
    """Return between which scores pairs are ticked: those that are likely, until somebody widens or narrows it."""
    low, high = min(scores), max(scores)
    if len(scores) <= _SHORT or low == high:
        return low, high
    picked: tuple[int, int] = st.slider(
        "Tick scores from … to …", low, high, (min(max(low, likely), high), high), key=key, width=400
    )
    return picked


def _draw_left_out(left_out: Sequence[LeftOut], key: str) -> None:
    if not left_out:
        return
    with st.expander(f"{count(len(left_out), 'client')} left out"):
        st.dataframe(
            pd.DataFrame(
                [(row.client_id, row.client, row.why) for row in left_out],
                columns=["Halo Id", "Halo Client", "Why"],
            ),
            key=key,
            hide_index=True,
            column_config={
                "Halo Id": st.column_config.NumberColumn(format="%d", width="small"),
                "Why": st.column_config.TextColumn(width="large"),
            },
            alt="Clients that are left out",
        )
