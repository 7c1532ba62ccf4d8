"""Where a secret has got to: what a database and the files beside it hold, and what a secret may look like there."""

from base64 import b64encode
from pathlib import Path
from urllib.parse import quote

import duckdb


def everything_in(database: Path) -> str:
    """Return all rows of all tables as text, and what stands in the files of its folder as it is."""
    with duckdb.connect(str(database), read_only=True) as connection:
        tables = connection.sql("select schema_name, table_name from duckdb_tables()").fetchall()
        rows = [connection.sql(f'from "{schema}"."{table}"').fetchall() for schema, table in tables]
    return " ".join([repr(rows), files_beside(database)])


def files_beside(database: Path) -> str:
    """Return what stands in the files of the database's folder, a letter a byte."""
    return " ".join(path.read_bytes().decode("latin-1") for path in database.parent.iterdir())


def forms_of(secret: str) -> list[str]:
    """Return the secret as it is, as it is in an address, and what is certain of it within base64 that begins earlier.

    >>> from base64 import b64encode
    >>> around = [b64encode(b"user:"[:n] + b"canary-1:x").decode() for n in range(6)]
    >>> all(any(form in text for form in forms_of("canary-1")) for text in around)
    True
    """
    forms = [secret, quote(secret, safe="")]
    for before in range(3):
        # The first and the last letters depend on what stands around it.
        letters = b64encode(b"\0" * before + secret.encode()).decode().rstrip("=")
        forms.append(letters[-(-8 * before // 6) : (before + len(secret)) * 8 // 6])
    return forms


def seen_in(text: str, secrets: list[str]) -> list[str]:
    """Return the secrets that stand in the text in any form."""
    return [secret for secret in secrets if any(form in text for form in forms_of(secret))]
