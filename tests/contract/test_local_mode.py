"""What the app refuses to start as: open to others without sign-in, or with a door that sign-in does not close."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.contract.test_command_line import ROOT, plain_environ

FOR_THIS_COMPUTER = "Without sign-in it is for this computer only"


def start(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Start the app as far as it goes."""
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        env=plain_environ() | environ,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def refused(done: subprocess.CompletedProcess[str], sentence: str) -> bool:
    return done.returncode == 1 and sentence in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize("address", ["0.0.0.0", ""])  # noqa: S104 - refused
def test_without_sign_in_the_server_starts_at_no_other_address(address: str) -> None:
    done = start("streamlit", "run", "app.py", "--server.port", "0", "--server.address", address)

    assert refused(done, FOR_THIS_COMPUTER), done.stderr


def test_without_sign_in_the_command_refuses_another_address() -> None:
    assert refused(start("billingbot", "run", "--address", "0.0.0.0"), FOR_THIS_COMPUTER)  # noqa: S104 - refused


def test_a_part_of_sign_in_is_not_local_mode() -> None:
    done = start("streamlit", "run", "app.py", "--server.port", "0", BILLINGBOT_FIRST_ADMIN="ann@msp.example")

    assert refused(done, "Sign-in is not set up completely. Set BILLINGBOT_PUBLIC_URL"), done.stderr


@pytest.mark.parametrize(
    ("option", "value"),
    [("STREAMLIT_SERVER_ENABLE_AGENT_API", "true"), ("STREAMLIT_SERVER_TRUSTED_USER_HEADERS", '{"X-User": "email"}')],
)
def test_doors_beside_sign_in_are_refused(option: str, value: str) -> None:
    done = start("streamlit", "run", "app.py", "--server.port", "0", **{option: value})

    assert refused(done, "must be off"), done.stderr


def test_sign_in_of_a_secrets_file_is_refused_rather_than_ignored(tmp_path: Path) -> None:
    secrets = tmp_path / "secrets.toml"
    secrets.write_text('[auth]\nclient_id = "x"\n')

    done = start("streamlit", "run", "app.py", "--server.port", "0", STREAMLIT_SECRETS_FILES=str(secrets))

    assert refused(done, "[auth] in a secrets.toml is not read"), done.stderr
