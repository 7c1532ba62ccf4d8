"""The Activity page: what was changed, by whom and why, with the way back; and how each refresh went."""
