"""Which company is which client, judged by their names. Pure: frames in, frame out."""

from billingbot.matching.match import MATCH_COLUMNS, match

__all__ = ["MATCH_COLUMNS", "match"]
