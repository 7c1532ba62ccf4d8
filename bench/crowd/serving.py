"""The app and the plain page as processes, with Streamlit's agent API.

`streamlit run` would need the app to be made in the file that it is given; so the web server is run as such.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from billingbot.launch import end
from tests.wait import wait_for

OURS, PLAIN = "bench.crowd.app_with_agents:app", "bench.crowd.plain_app:app"
_ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def served(app: str, log: Path, **environ: str) -> Iterator[str]:
    """Yield the address of an app; its process ends with the block."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BILLINGBOT_")}
    command = [sys.executable, "-m", "uvicorn", app, "--port", "0"]
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=_ROOT, env={**kept, **environ}, stdout=output, stderr=output)
    try:
        address = wait_for(lambda: _address(log.read_text()), f"{app} to say its address")
        wait_for(lambda: _is_up(address), f"{app} to answer")
        yield address
    finally:
        end(process)


def _address(log: str) -> str:
    return next((word for word in log.split() if word.startswith("http://127.0.0.1:")), "")


def _is_up(address: str) -> bool:
    connection = HTTPConnection(address.removeprefix("http://"), timeout=1)
    try:
        connection.request("GET", "/_stcore/health")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()
