"""The command line, as a shell runs it, against a sandbox on a socket."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import httpx2
import pytest

from billingbot.bootstrap import now
from billingbot.domain.period import Period
from billingbot.sandbox.dataset import build
from billingbot.sandbox.faults import Fault, FaultKind
from billingbot.sandbox.pax8_truth import billed_totals
from billingbot.sandbox.server import Sandbox
from billingbot.store import open_duckdb

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-m", "billingbot"]


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(data=build(seed=1, clients=120, companies=130, today=date(2026, 11, 22))) as running:
        yield running


@pytest.fixture
def environ(sandbox: Sandbox, tmp_path: Path) -> dict[str, str]:
    return plain_environ() | {
        "BILLINGBOT_SANDBOX_URL": sandbox.url,
        "BILLINGBOT_DATABASE": str(tmp_path / "billingbot.duckdb"),
    }


def plain_environ() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("BILLINGBOT_")}


def call(*arguments: str, environ: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments], cwd=ROOT, env=environ, capture_output=True, text=True, check=False, timeout=120
    )


def test_refresh_says_what_it_did(environ: dict[str, str]) -> None:
    done = call("refresh", "pax8", environ=environ)

    assert done.returncode == 0
    assert re.search(r"Clients +120 +new 120, renamed 0, gone 0", done.stdout)
    assert re.search(r"Companies +130 +new 130", done.stdout)


def test_refresh_that_fails_says_why_and_exits_with_1(environ: dict[str, str], sandbox: Sandbox) -> None:
    sandbox.control.fault(Fault(FaultKind.HTML, "/pax8/v1/companies"))

    done = call("refresh", "pax8", environ=environ)

    assert done.returncode == 1
    assert "Pax8" in done.stderr
    assert "Nothing was changed." in done.stderr
    assert "Traceback" not in done.stderr


def test_refresh_that_needs_approval_exits_with_3_and_can_be_approved(
    environ: dict[str, str], sandbox: Sandbox
) -> None:
    call("refresh", "pax8", environ=environ)
    sandbox.control.fault(Fault(FaultKind.HALF_LIST, "/pax8/v1/companies"))

    asked = call("refresh", "pax8", environ=environ)
    approved = call("refresh", "pax8", "--approve", asked.stderr.split()[-1], environ=environ)

    assert asked.returncode == 3
    assert "of the 130 known ones are missing" in asked.stderr
    assert approved.returncode == 0
    assert re.search(r"gone 65", approved.stdout)


@pytest.fixture
def billed_today(tmp_path: Path) -> Iterator[tuple[Sandbox, dict[str, str]]]:
    """Yield a sandbox whose newest invoice is of this month or the last, as the command's own clock has it."""
    with Sandbox(data=build(seed=1, clients=120, companies=130, today=now().date())) as sandbox:
        database = str(tmp_path / "billingbot.duckdb")
        yield sandbox, plain_environ() | {"BILLINGBOT_SANDBOX_URL": sandbox.url, "BILLINGBOT_DATABASE": database}


def test_charges_says_the_sums_of_each_currency(billed_today: tuple[Sandbox, dict[str, str]]) -> None:
    sandbox, environ = billed_today
    month = Period.of(now().date()).previous
    truth = billed_totals(sandbox.data, month.first).values()

    done = call("charges", "pax8", str(month), environ=environ)

    assert done.returncode == 0, done.stderr
    count = f"{sum(totals.rows for totals in truth):,}"
    assert f"Charges of {month}: {count}, final." in done.stdout
    heading, sums = (line.split() for line in done.stdout.splitlines()[-2:])
    assert heading == ["Currency", "Charges", "Cost", "Price", "Tax", "Fee"]
    assert sums[:2] == ["USD", count]
    assert [Decimal(text.replace(",", "")) for text in sums[2:]] == [
        sum(getattr(totals, name) for totals in truth) for name in ("cost", "price", "tax", "fee")
    ]


def test_charges_that_are_gone_exit_with_3_and_can_be_let_go(
    billed_today: tuple[Sandbox, dict[str, str]],
) -> None:
    sandbox, environ = billed_today
    month = str(Period.of(now().date()).previous)
    call("charges", "pax8", month, environ=environ)
    sandbox.control.fault(Fault(FaultKind.EMPTY_LIST, "/pax8/v1/invoices"))

    kept = call("charges", "pax8", month, environ=environ)
    let_go = call("charges", "pax8", month, "--allow-empty", environ=environ)

    assert (kept.returncode, let_go.returncode) == (3, 0)
    assert "charges nothing for" in kept.stderr
    assert "repeat with --allow-empty" in kept.stderr
    assert f"Charges of {month}: 0, which may still change." in let_go.stdout


def test_charges_that_cannot_be_read_say_why_and_exit_with_1(
    billed_today: tuple[Sandbox, dict[str, str]],
) -> None:
    sandbox, environ = billed_today
    sandbox.control.fault(Fault(FaultKind.HTML, "/pax8/v1/invoices"))

    done = call("charges", "pax8", str(Period.of(now().date()).previous), environ=environ)

    assert done.returncode == 1
    assert "Error: Pax8: " in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("month", "code", "sentence"),
    [("2026-13", 2, "There is no month 13"), ("11/2026", 2, "Write it like 2026-11"), ("9998-12", 1, "has not begun")],
)
def test_a_month_that_is_none_or_has_not_begun_is_refused(
    environ: dict[str, str], month: str, code: int, sentence: str
) -> None:
    done = call("charges", "pax8", month, environ=environ)

    assert done.returncode == code
    assert sentence in done.stderr


def test_an_unknown_integration_is_named(environ: dict[str, str]) -> None:
    done = call("refresh", "pax9", environ=environ)

    assert done.returncode == 2
    assert "'pax9' is not " in done.stderr


def test_without_credentials_refresh_names_what_to_set(tmp_path: Path) -> None:
    done = call("refresh", "pax8", environ=plain_environ() | {"BILLINGBOT_DATABASE": str(tmp_path / "b.duckdb")})

    assert done.returncode == 1
    assert "BILLINGBOT_HALO_CLIENT_ID" in done.stderr
    assert "BILLINGBOT_PAX8_CLIENT_SECRET" in done.stderr


def test_when_the_app_holds_the_database_refresh_says_which_process_does(environ: dict[str, str]) -> None:
    store = open_duckdb(Path(environ["BILLINGBOT_DATABASE"]))
    try:
        done = call("refresh", "pax8", environ=environ)
    finally:
        store.close()

    assert done.returncode == 1
    assert str(os.getpid()) in done.stderr
    assert "give each integration a daily time on the Integrations page" in done.stderr


def test_all_integrations_are_refreshed_one_after_the_other(environ: dict[str, str]) -> None:
    done = call("refresh", "--all", environ=environ)

    assert done.returncode == 0
    names = [line for line in done.stdout.splitlines() if line in ("Ingram Micro", "Pax8", "Twilio")]
    assert names == ["Ingram Micro", "Pax8", "Twilio"]
    assert done.stdout.count("Matched") == 4


def test_of_all_integrations_one_that_fails_stops_no_other_and_decides_the_exit_code(
    environ: dict[str, str], sandbox: Sandbox
) -> None:
    sandbox.control.fault(Fault(FaultKind.HTML, "/pax8/v1/companies"))

    done = call("refresh", "--all", environ=environ)

    assert done.returncode == 1
    assert done.stdout.count("Matched") == 3
    assert "Nothing was changed." in done.stderr


@pytest.mark.parametrize("arguments", [[], ["pax8", "--all"], ["--all", "--approve", "r1"]])
def test_refresh_wants_one_integration_or_all(environ: dict[str, str], arguments: list[str]) -> None:
    done = call("refresh", *arguments, environ=environ)

    assert done.returncode == 2
    assert "Name one integration, or say --all." in done.stderr


def test_without_any_integration_there_is_nothing_to_refresh(tmp_path: Path) -> None:
    environ = plain_environ() | {"BILLINGBOT_DATABASE": str(tmp_path / "billingbot.duckdb")}

    done = call("refresh", "--all", environ=environ)

    assert done.returncode == 1
    assert "No distributor is connected" in done.stderr


def test_help_names_every_command() -> None:
    shown = call("--help", environ=plain_environ()).stdout

    assert [
        name for name in ("run", "refresh", "charges", "plan", "send", "sandbox") if f"  {name} " not in shown
    ] == []


def test_run_without_credentials_serves_real_data_to_set_up_and_ctrl_c_ends_it(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [*COMMAND, "run"],
        cwd=ROOT,
        env=plain_environ() | {"BILLINGBOT_DATABASE": str(tmp_path / "b.duckdb")},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        assert process.stdout is not None
        line = next(line for line in process.stdout if "http" in line)
        assert "sandbox data" not in line
        address = re.findall(r"http://[^ ]+", line)[0]
        assert httpx2.get(f"{address}/_stcore/health").status_code == 200
        os.killpg(process.pid, signal.SIGINT)

        assert process.wait(timeout=30) == 0
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        assert process.stdout is not None
        process.stdout.close()
