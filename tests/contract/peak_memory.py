"""Prints by how many MB the peak memory of a process rises while it reads one URL: `python -m … URL`."""

import resource
import sys

from billingbot.connectors.http import Policy, Transport, Wire, reading
from billingbot.errors import UpstreamSchemaError

_UNIT = 2**20 if sys.platform == "darwin" else 2**10


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _UNIT / 2**20


def ask(transport: Transport, url: str) -> str:
    try:
        transport.call(reading(url, "/list"), transport.patience())
    except UpstreamSchemaError as error:
        return str(error)
    return "an answer"


def main() -> None:
    policy = Policy()
    transport = Transport("Vendor", Wire(policy, frozenset({"127.0.0.1"})), policy)
    ask(transport, f"{sys.argv[1]}/warm-up")
    before = peak()
    outcome = ask(transport, f"{sys.argv[1]}/list")
    transport.close()
    sys.stdout.write(f"{peak() - before:.0f} {outcome}\n")


if __name__ == "__main__":
    main()
