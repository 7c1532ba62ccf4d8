"""Time and memory of one task in a process of its own: `python -m bench.speed.peak TASK FILE`."""

import json
import resource
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.speed.rivals_of_the_join import TASKS

_ROOT = Path(__file__).resolve().parents[2]
_UNIT = 2**20 if sys.platform == "darwin" else 2**10


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds of the work; MB of the whole process at its peak, and by how many it rose during the work; pairs."""

    seconds: float
    peak: float
    growth: float
    pairs: int


def measure(task: str, file: Path, python: str = sys.executable) -> Measured:
    """Run a task over the lists in the file and return what it took. `python` may be of another environment.

    The caller should be small: Linux counts what the caller holds at the start of a process as that process's peak.
    """
    command = [python, "-m", "bench.speed.peak", task, str(file)]
    done = subprocess.run(command, cwd=_ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return Measured(**json.loads(done.stdout))


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _UNIT / 2**20


def _main(task: str, file: Path) -> None:
    work = TASKS[task](json.loads(file.read_text(encoding="utf-8")))
    before = _peak()
    started = time.perf_counter()
    pairs = work()
    seconds = time.perf_counter() - started
    print(json.dumps(asdict(Measured(seconds, _peak(), _peak() - before, pairs))))


if __name__ == "__main__":
    _main(sys.argv[1], Path(sys.argv[2]))
