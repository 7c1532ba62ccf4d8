"""Ids of the data set: uuids that are derived from the seed and can be read back, so that no table is needed."""

from hashlib import blake2b
from uuid import UUID

_NODE_BYTES = 6
_PART_BITS = 16


def uuid_for(seed: int, kind: str, number: int, part: int = 0) -> str:
    """Return the uuid of one thing.

    Args:
        seed: of the data set.
        kind: what is named: "company", "subscription", …
        number: place of the thing, or of its owner, 0 to 2^32 - 1.
        part: place within its owner, 0 to 65,535.
    """
    digest = blake2b(f"{seed}/{kind}/{number}/{part}".encode(), digest_size=10).digest()
    node = (number << _PART_BITS | part) ^ _mask(seed, kind)
    return str(UUID(bytes=digest + node.to_bytes(_NODE_BYTES, "big"), version=4))


def numbers_of(seed: int, kind: str, text: str) -> tuple[int, int] | None:
    """Return number and part of a uuid that `uuid_for` made with the same seed and kind; None for any other text."""
    try:
        node = UUID(text).node
    except ValueError:
        return None
    number, part = divmod(node ^ _mask(seed, kind), 1 << _PART_BITS)
    return (number, part) if uuid_for(seed, kind, number, part) == text.lower() else None


def _mask(seed: int, kind: str) -> int:
    return int.from_bytes(blake2b(f"{seed}/{kind}".encode(), digest_size=_NODE_BYTES).digest(), "big")
