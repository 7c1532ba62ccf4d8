"""Starts processes that are going to be killed. None of them has to import anything: they are forks of one."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OPEN = "open"
"""What a process says when its database is open."""
_ENDED = "ended"
_PROCESS = "process "


def say(word: str) -> None:
    """Write a line at once."""
    os.write(sys.stdout.fileno(), f"{word}\n".encode())


def start_for_each_line(work: Callable[[str], None]) -> None:
    """Start a process for each line that is read, say which one, and when it has ended."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            work(line.rstrip("\n"))
            os._exit(0)
        say(f"{_PROCESS}{child}")
        os.waitpid(child, 0)
        say(_ENDED)


class Starter:
    """Runs one process after the other. Made by `starting`."""

    def __init__(self, starter: "subprocess.Popen[str]") -> None:
        assert starter.stdin is not None
        assert starter.stdout is not None
        self._in = starter.stdin
        self._said = iter(starter.stdout.readline, "")

    def killed(self, line: str, patience: float) -> list[str]:
        """Let a process work, kill it so many seconds after it has its database open; return what it said then."""
        self._in.write(f"{line}\n")
        self._in.flush()
        # Both processes write: who is heard first is open.
        heard: list[str] = []
        while OPEN not in heard or not any(map(_is_process, heard)):
            heard.append(next(self._said).strip())
            assert heard[-1] != _ENDED, heard
        time.sleep(patience)
        os.kill(int(next(filter(_is_process, heard)).removeprefix(_PROCESS)), signal.SIGKILL)
        return [*(word for word in heard if word != OPEN and not _is_process(word)), *self._until_the_end()]

    def _until_the_end(self) -> Iterator[str]:
        for word in self._said:
            if word.strip() == _ENDED:
                return
            yield word.strip()
        raise AssertionError("the process that starts others has ended")


@contextmanager
def starting(module: str) -> Iterator[Starter]:
    """Yield what starts processes of a module whose program is `start_for_each_line`."""
    command = [sys.executable, "-m", module]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as starter:
        yield Starter(starter)


def _is_process(word: str) -> bool:
    return word.startswith(_PROCESS)
