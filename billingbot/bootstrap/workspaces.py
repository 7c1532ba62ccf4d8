"""The two kinds of data that one process can show side by side: real ones and the sandbox's, each with its own app."""

from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import RLock

from billingbot.bootstrap.app import App
from billingbot.bootstrap.build import build_app
from billingbot.bootstrap.clock import now
from billingbot.config import PREFIX, read_settings
from billingbot.errors import ConfigError
from billingbot.sandbox.dataset import build
from billingbot.sandbox.server import Sandbox

_DATABASE = f"{PREFIX}_DATABASE"
_SANDBOX_URL = f"{PREFIX}_SANDBOX_URL"
_SANDBOX_FILE = "sandbox.duckdb"


class Workspaces:
    """Opens each app when it is first asked for. They share nothing: no database, no connection, no credentials.

    Where the environment names a sandbox, there are no real data: both are the app on that sandbox.
    Safe to use from many threads.
    """

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self._lock = RLock()
        self._real: App | None = None
        self._sandbox: App | None = None
        self._served = ExitStack()

    @property
    def has_real_data(self) -> bool:
        """Say whether there are real data beside the sandbox's. Raises `ConfigError`."""
        return read_settings(self._environ).sandbox_url is None

    def app(self, *, sandbox: bool) -> App:
        """Return the sandbox's app or the real one. Raises what they raise."""
        return self.sandbox() if sandbox else self.real()

    def is_open(self, *, sandbox: bool) -> bool:
        """Say whether that app needs no opening any more."""
        return (self._sandbox if sandbox and self.has_real_data else self._real) is not None

    def real(self) -> App:
        """Return the app that the environment describes. Raises `StoreError` and `ConfigError`, as `build_app`."""
        with self._lock:
            if self._real is None:
                self._real = build_app(self._environ)
            return self._real

    def sandbox(self) -> App:
        """Return the app on invented data, whose database lies beside the real one, or is this process's alone.

        Raises `StoreError` and `ConfigError`, as `build_app`.
        """
        if not self.has_real_data:
            return self.real()
        with self._lock:
            if self._sandbox is None:
                self._sandbox = self._open_sandbox()
            return self._sandbox

    def close(self) -> None:
        """Close what was opened. It is opened again when it is asked for."""
        with self._lock:
            for app in (self._real, self._sandbox):
                if app is not None:
                    app.close()
            self._real = self._sandbox = None
            self._served.close()

    def _open_sandbox(self) -> App:
        with ExitStack() as opening:
            database = self._sandbox_file(opening)
            served = Sandbox(data=build(seed=1, clients=240, companies=260, today=now().date()))
            url = opening.enter_context(served).url
            # Nothing else of the environment: real credentials have no place here.
            app = build_app({_SANDBOX_URL: url, _DATABASE: str(database)})
            self._served.push(opening.pop_all())
        return app

    def _sandbox_file(self, opening: ExitStack) -> Path:
        """Return the file beside that of the real data; where those are on a server, a file of this process alone."""
        real = read_settings(self._environ)
        if real.database_url:
            folder = opening.enter_context(TemporaryDirectory(prefix="billingbot-", ignore_cleanup_errors=True))
            return Path(folder) / _SANDBOX_FILE
        if real.database.name == _SANDBOX_FILE:
            raise ConfigError(f"{real.database} holds your own data: {_DATABASE} must not be called {_SANDBOX_FILE}.")
        return real.database.with_name(_SANDBOX_FILE)
