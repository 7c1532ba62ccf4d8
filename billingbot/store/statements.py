"""The SQL statements that are too long to stand in code."""

from importlib.resources import files


def statement(name: str) -> str:
    """Return the text of `sql/<name>.sql`."""
    return (files("billingbot.store") / "sql" / f"{name}.sql").read_text(encoding="utf-8")
