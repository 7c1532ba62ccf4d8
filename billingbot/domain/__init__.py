"""Frozen records and enums of the business. Standard library only; no float for money."""
