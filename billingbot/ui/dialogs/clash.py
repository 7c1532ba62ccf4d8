"""Somebody else was faster: what they set and what was wanted here, side by side."""

import pandas as pd
import streamlit as st

from billingbot.domain.client_settings import Setting
from billingbot.errors import Clash
from billingbot.ui.change_words import SETTING_WORDS, setting_value_words
from billingbot.ui.wording import plain


def draw_clash(clash: Clash) -> None:
    """Draw why an edit was refused, and a row a setting: theirs, which stands, and mine, which was not saved."""
    st.warning(f"{plain(clash.sentence)} Nothing of yours is saved yet.", icon=":material/group:")
    st.table(clash_table(clash), border="horizontal", hide_index=True)


def clash_table(clash: Clash) -> pd.DataFrame:
    """Return a clash as text. Columns: Setting · Theirs · Yours, all str, in the order of the dialog."""
    settings = [setting for setting in Setting if setting.value in clash.mine]
    return pd.DataFrame(
        [
            [
                SETTING_WORDS[setting],
                *(setting_value_words(setting, side[setting.value]) for side in (clash.theirs, clash.mine)),
            ]
            for setting in settings
        ],
        columns=["Setting", "Theirs", "Yours"],
        dtype="str",
    )
