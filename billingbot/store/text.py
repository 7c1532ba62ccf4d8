"""Text as every engine can store it."""


def storable(text: str) -> str:
    r"""Return the text without NUL, which PostgreSQL refuses, and with `?` for lone surrogates, which DuckDB refuses.

    >>> storable("Acme\0 Ltd"), storable("\ud800Zoë")
    ('Acme Ltd', '?Zoë')
    """
    if text.isascii():
        return text.replace("\0", "")
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
