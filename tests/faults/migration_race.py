"""Several processes that open a database at the same moment. Argument: where. Says how each of them has ended."""

import os
import sys

from tests.faults.places import open_store

PROCESSES = 6


def main(where: str) -> None:
    """Fork, let all begin together, and say their exit codes."""
    wait, begin = os.pipe()
    children = []
    for _ in range(PROCESSES):
        child = os.fork()
        if child == 0:
            os.close(begin)
            os.read(wait, 1)
            open_store(where).close()
            os._exit(0)
        children.append(child)
    os.close(begin)
    print(*(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children))  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1])
