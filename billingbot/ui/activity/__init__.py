"""The Activity page: what was changed, by whom and why, with the way back; how each refresh went, and what was sent."""
