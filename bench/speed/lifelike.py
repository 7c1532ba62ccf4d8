"""Lists of names to measure with, written to a file: `python -m bench.speed.lifelike KIND SIZE FILE`.

lifelike: the invented customers of the sandbox; numbered: one name with 10,000 numbers; equal: one name. The file holds
the names and keys of both sides, so that what measures need not make them.
"""

import json
import sys
from datetime import date
from pathlib import Path

from billingbot.matching.names.name import name_key
from billingbot.sandbox.dataset import build

_TODAY = date(2026, 1, 1)


def main(kind: str, size: int, file: Path) -> None:
    """Write `size` clients and as many companies of that kind."""
    clients, companies = _lists(kind, size)
    lists = {
        "clients": clients,
        "companies": companies,
        "client_keys": [name_key(name) for name in clients],
        "company_keys": [name_key(name) for name in companies],
    }
    file.write_text(json.dumps(lists), encoding="utf-8")


def _lists(kind: str, size: int) -> tuple[list[str], list[str]]:
    if kind == "lifelike":
        data = build(seed=1, clients=size, companies=size, today=_TODAY)
        return [client.name for client in data.clients], [company.name for company in data.companies]
    names = [f"Copper Kettle Store {number:05d}" if kind == "numbered" else "Copper Kettle" for number in range(size)]
    return names, names


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
