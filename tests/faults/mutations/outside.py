"""Guards against what comes over the wire, and what goes into files."""

from tests.faults.mutations.mutation import Mutation

_PAGES = "billingbot/connectors/pages.py"
_OF_PAGES = ("tests/unit/connectors/test_pages.py",)
_TOKENS = "billingbot/connectors/http/tokens.py"

OUTSIDE = (
    Mutation(
        "page-twice",
        "17",
        "A row that a list brings twice refuses the walk",
        _PAGES,
        (
            (
                "    for row_id, row in page.rows:\n        if row_id in rows:\n"
                '            return f"brings row {row_id} again"\n',
                "    for row_id, row in page.rows:\n",
            ),
        ),
        _OF_PAGES,
    ),
    Mutation(
        "page-total",
        "17",
        "A list whose length changes while it is read refuses the walk",
        _PAGES,
        (("        if promised is not None and page.promised != promised:\n", "        if promised == -1:\n"),),
        _OF_PAGES,
    ),
    Mutation(
        "page-empty",
        "17",
        "A page that is empty too early refuses the walk",
        _PAGES,
        (("    if not page.rows and len(rows) != page.promised:\n", "    if rows is None:\n"),),
        _OF_PAGES,
    ),
    Mutation(
        "page-loop",
        "17",
        "A page that leads back refuses the walk",
        _PAGES,
        (("        if link in followed:\n", "        if not link:\n"),),
        _OF_PAGES,
    ),
    Mutation(
        "post-once",
        "16",
        "A request that must not arrive twice is not repeated once it may have left",
        "billingbot/connectors/http/transport.py",
        (("        if fault.sent and not request.repeatable:\n", "        if fault is None:\n"),),
        ("tests/contract/test_http_retries.py",),
    ),
    Mutation(
        "one-sign-in",
        "18",
        "Of many threads without a token one signs in",
        _TOKENS,
        (
            (
                "        return self._renew(mine, patience) if under_way is None else under_way.result()\n",
                "        return self._renew(mine, patience)\n",
            ),
        ),
        ("tests/contract/test_http_tokens.py",),
    ),
    Mutation(
        "private-address",
        "23",
        "Nothing is sent to an address inside our own network",
        "billingbot/connectors/http/addresses.py",
        (("    return ip.is_global and not ip.is_multicast\n", "    return True\n"),),
        ("tests/unit/connectors/test_base_url.py", "tests/contract/test_http_connections.py"),
    ),
    Mutation(
        "tunnel-address",
        "23",
        "Nor to one that a public number carries inside",
        "billingbot/connectors/http/addresses.py",
        (("        if any(ip in tunnel for tunnel in _TUNNELS):\n", "        if not _TUNNELS:\n"),),
        ("tests/unit/connectors/test_base_url.py", "tests/contract/test_http_connections.py"),
    ),
    Mutation(
        "formula-csv",
        "23",
        "A name that a spreadsheet would run is written as text into a CSV",
        "billingbot/exports/csv_file.py",
        (('            cells[row] = f"\'{cells[row]}"\n', "            cells[row] = cells[row]\n"),),
        ("tests/unit/exports/test_csv_file.py",),
    ),
)
