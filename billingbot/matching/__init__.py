"""Which companies are which client, by their ids and names, and why. Pure: frames in, frame out."""

from billingbot.matching.match import MATCH_COLUMNS, match
from billingbot.matching.scores import scores
from billingbot.matching.verdict.judge import explain

__all__ = ["MATCH_COLUMNS", "explain", "match", "scores"]
