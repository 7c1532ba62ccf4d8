"""Reading a body without trusting its size: the bound holds for the bytes on the wire and for what they unpack to."""

import zlib

import httpx2

from billingbot.connectors.http.library_errors import BROKEN, DAMAGED
from billingbot.connectors.http.message import Fault
from billingbot.errors import UpstreamSchemaError

ACCEPT_ENCODING = "gzip, deflate"
_WINDOW_BITS = {"gzip": 31, "x-gzip": 31, "deflate": 15}
_PIECE = 256 * 1024


async def read_body(response: httpx2.Response, limit: int) -> bytearray | Fault:
    """Return the body, decompressed, or why it is not to be had; at most `limit` bytes are held."""
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding == "identity":
        return await _read_plain(response, limit)
    if encoding not in _WINDOW_BITS:
        return Fault("the answer is compressed in a way that was not asked for", sent=True, error=UpstreamSchemaError)
    try:
        return await _read_compressed(response, limit, _WINDOW_BITS[encoding])
    except zlib.error:
        return DAMAGED


async def _read_plain(response: httpx2.Response, limit: int) -> bytearray | Fault:
    body = bytearray()
    # Without a chunk size: with one, the library gathers that many bytes first.
    async for chunk in response.aiter_raw():
        if len(body) + len(chunk) > limit:
            return _too_large(limit)
        body += chunk
    return body


async def _read_compressed(response: httpx2.Response, limit: int, window_bits: int) -> bytearray | Fault:
    unpacker = zlib.decompressobj(window_bits)
    body = bytearray()
    on_wire = 0
    async for chunk in response.aiter_raw():
        on_wire += len(chunk)
        packed = chunk
        while packed and on_wire <= limit and len(body) <= limit:
            body += unpacker.decompress(packed, _PIECE)
            packed = unpacker.unconsumed_tail
        if on_wire > limit or len(body) > limit:
            return _too_large(limit)
        if unpacker.unused_data:
            return DAMAGED
    body += unpacker.flush()
    return body if unpacker.eof else BROKEN


def _too_large(limit: int) -> Fault:
    return Fault(f"the answer is larger than {limit // 2**20} MB", sent=True, error=UpstreamSchemaError)
