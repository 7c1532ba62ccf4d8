"""Starting the app as its own process."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from types import FrameType

import click

from billingbot.bootstrap import check_address, read_sign_in
from billingbot.config import read_settings
from billingbot.errors import ConfigError

_ROOT = Path(__file__).resolve().parent.parent
USUAL_ADDRESS = "127.0.0.1"
# Where an app that is served at all addresses is found from here.
_FROM_HERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104
_USUAL_PORT = 8501
_START_SECONDS = 60
_STOP_SECONDS = 10


def run_app(environ: Mapping[str, str], port: int | None, address: str = USUAL_ADDRESS) -> int:
    """Serve the app until it ends or Ctrl-C is pressed, and return its exit code (0 after Ctrl-C).

    Prints one address.
    Raises `ClickException` when the port that was asked for is taken, and when the app must not be served there.
    """
    try:
        sign_in = read_sign_in(environ)
        check_address(sign_in, address)
    except ConfigError as error:
        raise click.ClickException(str(error)) from error
    if port and not _is_free(address, port):
        raise click.ClickException(f"Port {port} of {address} is taken. Choose another one, or none.")
    chosen = port or (_USUAL_PORT if _is_free(address, _USUAL_PORT) else _free_port(address))
    with _app_process(address, chosen, environ) as process:
        try:
            if _wait_until_ready(process, address, chosen):
                where = sign_in.public_url if sign_in else f"http://{address}:{chosen}"
                data = "sandbox data; " if read_settings(environ).sandbox_url else ""
                click.echo(f"\n  BillingBot: {where}   ({data}Ctrl-C ends it)\n")
            return process.wait()
        except KeyboardInterrupt:
            # Whoever presses Ctrl-C in make presses it for all of us, more than once; we are ending already.
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            return 0


@contextmanager
def _app_process(address: str, port: int, environ: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Yield the running app; end it with the block, also when this process is asked to terminate."""
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless", "true"]
    command += ["--server.address", address, "--server.port", str(port)]
    # Its banner prints addresses of its own; errors go to stderr and stay visible.
    process = subprocess.Popen(command, cwd=_ROOT, env=dict(environ), stdout=subprocess.DEVNULL)  # noqa: S603

    def terminate(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, terminate)
    try:
        yield process
    finally:
        end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """End an app process. It waits for answers that browsers are still taking, which some never finish."""
    process.terminate()
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _wait_until_ready(process: subprocess.Popen[bytes], address: str, port: int) -> bool:
    """Wait until the app answers; False when it ended before, or takes too long."""
    deadline = time.monotonic() + _START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            connection = HTTPConnection(_FROM_HERE.get(address, address), port, timeout=1)
            connection.request("GET", "/_stcore/health")
            connection.getresponse().read()
            return True
        except OSError:
            time.sleep(0.1)
    return False


def _is_free(address: str, port: int) -> bool:
    with _probe(address) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError:
            return False
        return True


def _free_port(address: str) -> int:
    with _probe(address) as probe:
        try:
            probe.bind((address, 0))
        except OSError as error:
            raise click.ClickException(f"{address} is no address of this computer.") from error
        return int(probe.getsockname()[1])


def _probe(address: str) -> socket.socket:
    return socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET)
