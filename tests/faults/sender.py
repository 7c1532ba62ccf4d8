"""Starts processes that send, and kills them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.faults.sending_process import STEP, Job

ROOT = Path(__file__).resolve().parents[2]
KILLED = -signal.SIGKILL


@dataclass(frozen=True)
class Ran:
    """How a process ended (0, or minus the signal), and what it said before."""

    code: int
    said: tuple[str, ...]

    def months(self, word: str) -> dict[str, str]:
        """Return the months that it said this of, and what else it said."""
        told = (words.split(" ", 2) for words in self.said if words.startswith(f"{word} "))
        return {month: "".join(rest) for _, month, *rest in told}


@dataclass(frozen=True)
class Patience:
    """How long a process may live: until it has said so often that it has done a step, and some seconds more.

    Seconds alone would be much on one machine, and nothing on another.
    """

    steps: int
    seconds: float


class Senders:
    """Runs one process after the other. Made by `senders`."""

    def __init__(self, starter: "subprocess.Popen[str]") -> None:
        assert starter.stdin is not None
        assert starter.stdout is not None
        self._in = starter.stdin
        self._said = iter(starter.stdout.readline, "")

    def run(self, job: Job, patience: Patience | None = None) -> Ran:
        """Let a process do the job, or kill it when the patience is at its end."""
        self._in.write(f"{job.line()}\n")
        self._in.flush()
        heard = [self._next()]
        if patience is not None:
            # Both processes write: who is heard first is open.
            while heard[-1] != "ended" and (heard.count(STEP) < patience.steps or not _process(heard)):
                heard.append(self._next())
            time.sleep(patience.seconds)
            # One that has ended is still there: it is waited for below.
            os.kill(int(_process(heard)), signal.SIGKILL)
        while heard[-1] != "ended":
            heard.append(self._next())
        self._in.write("heard\n")
        self._in.flush()
        code = int(self._next())
        assert code in (0, KILLED), heard
        return Ran(code, tuple(heard))

    def _next(self) -> str:
        words = next(self._said, None)
        assert words is not None, "the process that starts others has ended"
        return words.strip()


def _process(heard: list[str]) -> str:
    """Return the id of the process; "" when it was not said yet."""
    return next((said.removeprefix("process ") for said in heard if said.startswith("process ")), "")


@contextmanager
def senders() -> Iterator[Senders]:
    """Yield what starts processes."""
    command = [sys.executable, "-m", "tests.faults.sending_process"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as starter:
        yield Senders(starter)
