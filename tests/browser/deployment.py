"""BillingBot as docs/deploy.md says: the processes of its unit on PostgreSQL, behind the nginx of its configuration."""

import os
import re
import shlex
import shutil
import socket
import ssl
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from urllib.request import Request, urlopen

from billingbot.launch import end
from billingbot.sandbox.connections import sandbox_connections
from billingbot.sandbox.server import Sandbox
from tests.browser.conftest import ROOT
from tests.contract.certificates import self_signed
from tests.wait import wait_for

_PLAYED = ("halo", "pax8")
DOCUMENT = ROOT / "docs" / "deploy.md"
# Which process got which request: what follows the cookie is for people who look into a test that failed.
_AROUND = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
{user}
events {{ }}
http {{
    log_format whose '$upstream_addr|$sent_http_set_cookie$cookie_billingbot_process|$status|$request_uri';
    access_log {folder}/access.log whose;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/billingbot.conf;
}}
"""


def blocks(language: str) -> list[str]:
    """Return the blocks of the document in that language."""
    return re.findall(rf"^```{language}\n(.*?)^```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


def environment_of(unit: str, port: int, credentials: Path) -> dict[str, str]:
    """Return the environment that systemd would give to a process of the unit."""
    lines = [line.partition("=")[2] for line in unit.splitlines() if line.startswith("Environment=")]
    return dict(line.replace("%d", str(credentials)).replace("%i", str(port)).split("=", 1) for line in lines)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Deployment:
    """Two processes and nginx. Everything is in the folder, and ends with `close`."""

    folder: Path
    database_url: str
    secret_key: str
    sandbox: Sandbox
    ports: tuple[int, int] = field(default_factory=lambda: (free_port(), free_port()))
    port: int = field(default_factory=free_port)
    _processes: dict[int, "subprocess.Popen[bytes]"] = field(default_factory=dict)
    _nginx: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        """Return the address of nginx."""
        return f"https://127.0.0.1:{self.port}/"

    def start(self) -> None:
        (self.folder / "database-url").write_text(self.database_url)
        (self.folder / "secret-keys").write_text(self.secret_key)
        for port in self.ports:  # at once, as after a start of the machine
            self.start_process(port)
        for port in self.ports:
            wait_for(partial(self.is_healthy, port), f"the process on port {port}")
        self._start_nginx()

    def start_process(self, port: int) -> None:
        unit = blocks("ini")[0]
        command = shlex.split(re.search(r"^ExecStart=(.*)$", unit, re.MULTILINE)[1].replace("%i", str(port)))  # type: ignore[index]
        kept = {name: value for name, value in os.environ.items() if not name.startswith("BILLINGBOT_")}
        environ = {**kept, **environment_of(unit, port, self.folder), **self._vendors()}
        with (self.folder / f"{port}.log").open("ab") as log:
            self._processes[port] = subprocess.Popen(
                [sys.executable, *command[1:]], cwd=ROOT, env=environ, stdout=subprocess.DEVNULL, stderr=log
            )

    def kill(self, port: int) -> None:
        """Let a process end as the machine would end it that has no memory left."""
        self._processes[port].kill()
        self._processes[port].wait()

    def is_healthy(self, port: int) -> bool:
        assert self._processes[port].poll() is None, self.log(port)
        try:
            with urlopen(f"http://127.0.0.1:{port}/health", timeout=5) as answer:
                return int(answer.status) == 200
        except OSError:
            return False

    def log(self, port: int) -> str:
        return (self.folder / f"{port}.log").read_text()

    def served_by(self, process: str) -> list[int]:
        """Return which ports answered requests of the browser that nginx's cookie names so, each time."""
        lines = (self.folder / "access.log").read_text().splitlines()
        return [int(line.split("|")[0].rsplit(":", 1)[1]) for line in lines if f"{process}" in line.split("|")[1]]

    def cookie_for(self, port: int) -> str:
        """Return a cookie's value that nginx sends to that process."""
        for number in range(100):
            value = f"test{port}n{number}"
            if self._asked_with(value) == port:
                return value
        raise AssertionError(f"nginx sends nobody to port {port}.")

    def close(self) -> None:
        if self._nginx:
            end(self._nginx)
        for process in self._processes.values():
            end(process)

    def _asked_with(self, value: str) -> int:
        request = Request(f"{self.url}health", headers={"Cookie": f"billingbot_process={value}"})  # noqa: S310 - our own
        trusting = ssl.create_default_context(cafile=str(self.folder / "server.pem"))
        with urlopen(request, timeout=5, context=trusting) as answer:  # noqa: S310 - our own address
            assert answer.status == 200
        return wait_for(lambda: self.served_by(value), "nginx to log a request")[-1]

    def _vendors(self) -> Mapping[str, str]:
        """Return what else stands in the environment: the vendors, which the sandbox plays."""
        connections = {key: value for key, value in sandbox_connections(self.sandbox.url).items() if key in _PLAYED}
        return {
            "BILLINGBOT_ALLOWED_HOSTS": "127.0.0.1",
            **{
                f"BILLINGBOT_{vendor}_{name}".upper(): value
                for vendor, values in connections.items()
                for name, value in values.items()
            },
        }

    def _start_nginx(self) -> None:
        self_signed(self.folder)
        block = blocks("nginx")[0]
        pem = self.folder / "server.pem"
        for former, wanted in {
            "127.0.0.1:8501": f"127.0.0.1:{self.ports[0]}",
            "127.0.0.1:8502": f"127.0.0.1:{self.ports[1]}",
            "listen 80;": f"listen 127.0.0.1:{free_port()};",
            "listen 443 ssl": f"listen 127.0.0.1:{self.port} ssl",
            "/etc/ssl/billingbot/fullchain.pem": str(pem),
            "/etc/ssl/billingbot/privkey.pem": str(pem),
        }.items():
            assert block.count(former) == 1, former
            block = block.replace(former, wanted)
        (self.folder / "billingbot.conf").write_text(block)
        user = "user root;" if os.geteuid() == 0 else ""
        (self.folder / "nginx.conf").write_text(_AROUND.format(folder=self.folder, user=user))
        program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
        assert program, "The test of two processes needs nginx: `make nginx`."
        with (self.folder / "nginx.out").open("wb") as output:
            self._nginx = subprocess.Popen(
                [program, "-p", str(self.folder), "-c", str(self.folder / "nginx.conf")], stdout=output, stderr=output
            )
        wait_for(self._listens, "nginx")

    def _listens(self) -> bool:
        assert self._nginx is not None
        assert self._nginx.poll() is None, (self.folder / "nginx.out").read_text()
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0
