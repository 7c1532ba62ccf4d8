"""A process that sends and stops itself at a step (SIGSTOP), in which somebody else waits for the right to send.

Arguments: the database, the sandbox's address, the plan, the step, seconds of the lease, and the clients.
"""

import os
import signal
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

from billingbot.domain.sending import SendResult
from billingbot.errors import SendingRunning, SendingStopped
from billingbot.jobs.outside import SendStep
from tests.faults.billed_months import SENT_AT
from tests.faults.places import open_store
from tests.faults.sending_process import connected, outside, say, send


def main(database: str, url: str, plan_hash: str, step: str, seconds: str, *clients: str) -> None:
    """Send twice at once; the first one stops the process. Says which of the two has sent nothing more, if one did."""
    store, halo, stopped = open_store(database), connected(url), Event()
    client_ids, lease = list(map(int, clients)), timedelta(seconds=float(seconds))

    def stop(reached: SendStep) -> None:
        if reached == step and not stopped.is_set():
            stopped.set()
            os.kill(os.getpid(), signal.SIGSTOP)

    def first() -> list[SendResult]:
        try:
            return send(store, halo, plan_hash, client_ids, outside(SENT_AT, stop), lease)
        except SendingStopped:
            say("the first was replaced")
            return []

    def second() -> list[SendResult]:
        stopped.wait()
        while True:
            try:
                return send(store, halo, plan_hash, client_ids, outside(SENT_AT, lambda _step: None), lease)
            except SendingRunning:
                time.sleep(0.01)

    with ThreadPoolExecutor(2) as threads:
        for sending in [threads.submit(first), threads.submit(second)]:
            say(" ".join(sorted({result.outcome.name for result in sending.result()})))
    store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
