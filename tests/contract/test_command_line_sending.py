"""Planning and sending from the command line, as a shell runs it, against a sandbox on a socket."""

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from billingbot.bootstrap import now
from billingbot.domain.billing import Billing, ClientBilling
from billingbot.domain.client_settings import Setting, SettingValue
from billingbot.domain.decision import EditSettings, Stamp
from billingbot.domain.period import Period
from billingbot.jobs.bill_charges import bill_charges
from billingbot.sandbox.dataset import DataSet, build
from billingbot.sandbox.faults import Fault, FaultKind
from billingbot.sandbox.server import Sandbox
from billingbot.store import open_duckdb
from billingbot.store.database_store import DatabaseStore
from tests.contract.test_command_line import COMMAND, ROOT, call, plain_environ
from tests.wait import wait_for

TODAY = now().date()
MONTH = Period.of(TODAY).previous
INVOICE = "/halo/api/Invoice"


@dataclass(frozen=True)
class Prepared:
    """A sandbox and a database with the month's charges, whose products get items of their own names."""

    sandbox: Sandbox
    environ: dict[str, str]
    billing: Billing

    def call(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return call(*arguments, environ=self.environ)

    def plan(self, *client_ids: int) -> subprocess.CompletedProcess[str]:
        named = [part for client_id in client_ids for part in ("--client", str(client_id))]
        return self.call("plan", "pax8", str(MONTH), *named)

    @contextmanager
    def store(self) -> Iterator[DatabaseStore]:
        store = open_duckdb(Path(self.environ["BILLINGBOT_DATABASE"]))
        try:
            yield store
        finally:
            store.close()

    def edit(self, client_id: int, fields: dict[Setting, SettingValue]) -> None:
        with self.store() as store:
            version = store.settings("pax8", client_id).version
            store.decide("pax8", [EditSettings(client_id, version, fields)], Stamp(os.urandom(8).hex(), "ada", now()))

    @property
    def to_bill(self) -> list[ClientBilling]:
        return [client for client in self.billing.clients if client.lines]

    def with_azure(self) -> ClientBilling:
        return next(
            client for client in self.to_bill if any(charge.azure for line in client.lines for charge in line.members)
        )

    def sent(self, client_id: int) -> list[Decimal]:
        """Return the totals of the invoices of the client that BillingBot made."""
        rows = self.sandbox.control.invoice_rows(client_id)
        return [row["total"] for row in rows if (row.get("thirdpartyinvoicenumber") or "").startswith("BB-pax8-")]


def data() -> DataSet:
    return build(seed=1, clients=60, companies=65, today=TODAY)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database that every test has its own copy of."""
    path = tmp_path_factory.mktemp("prepared") / "billingbot.duckdb"
    with Sandbox(data=data(), rate_limit=None) as sandbox:
        environ = plain_environ() | {"BILLINGBOT_SANDBOX_URL": sandbox.url, "BILLINGBOT_DATABASE": str(path)}
        for arguments in (("refresh", "pax8"), ("charges", "pax8", str(MONTH))):
            done = call(*arguments, environ=environ)
            assert done.returncode == 0, done.stderr
    store = open_duckdb(path)
    version = store.integration("pax8").version
    store.edit_integration("pax8", version, {"product_mode": "create"}, Stamp("items", "ada", now()))
    store.close()
    return path


@pytest.fixture
def prepared(database: Path, tmp_path: Path) -> Iterator[Prepared]:
    path = tmp_path / "billingbot.duckdb"
    shutil.copy(database, path)
    store = open_duckdb(path)
    billing = bill_charges(store, "pax8", MONTH)
    store.close()
    with Sandbox(data=data(), rate_limit=None) as sandbox:
        environ = plain_environ() | {"BILLINGBOT_SANDBOX_URL": sandbox.url, "BILLINGBOT_DATABASE": str(path)}
        yield Prepared(sandbox, environ, billing)


def hash_in(done: subprocess.CompletedProcess[str]) -> str:
    found = re.search(r"^Plan ([0-9a-f]{12})[.:]", done.stdout, re.MULTILINE)
    assert found is not None, done.stdout + done.stderr
    return found[1]


def row_of(done: subprocess.CompletedProcess[str], client_id: int) -> str:
    return next(line for line in done.stdout.splitlines() if line.split()[:1] == [str(client_id)])


def total(client: ClientBilling) -> Decimal:
    return sum((line.price for line in client.lines), Decimal(0))


def ids(clients: Sequence[ClientBilling]) -> list[int]:
    return [client.client.client_id for client in clients]


def test_a_plan_is_shown_sent_once_and_then_unchanged(prepared: Prepared) -> None:
    clients = prepared.to_bill[:2]
    first, second = ids(clients)
    money = f"{sum(map(total, clients)):,.2f} USD"

    planned = prepared.plan(first, second)
    assert prepared.sent(first) == []
    sent = prepared.call("send", "--plan", hash_in(planned))
    again = prepared.call("send", "--plan", hash_in(planned)[:6])
    anew = prepared.plan(first, second)

    assert (planned.returncode, sent.returncode, again.returncode, anew.returncode) == (0, 0, 0, 0), sent.stdout
    assert f"Plan for Pax8 {MONTH}: 2 clients, 2 to send. Nothing is sent yet." in planned.stdout
    assert "Create" in row_of(planned, first)
    assert f"To send: {money}" in planned.stdout
    assert f"python -m billingbot send --plan {hash_in(planned)}" in planned.stdout
    assert "2 sent." in sent.stdout
    assert f"Sent: {money}" in sent.stdout
    assert "2 already sent." in again.stdout
    assert prepared.sent(first) == [total(clients[0])]
    assert prepared.sent(second) == [total(clients[1])]
    assert "Unchanged" in row_of(anew, first)
    assert f"Plan {hash_in(anew)}: there is nothing to send." in anew.stdout


def test_after_a_changed_rule_the_plan_updates_what_was_sent(prepared: Prepared) -> None:
    client = prepared.with_azure()
    client_id = client.client.client_id
    prepared.call("send", "--plan", hash_in(prepared.plan(client_id)))
    prepared.edit(client_id, {Setting.USE_GLOBAL: False, Setting.DROP_AZURE: True})

    planned = prepared.plan(client_id)
    sent = prepared.call("send", "--plan", hash_in(planned), "--agree-all")

    azure = sum((line.price for line in client.lines if line.members[0].azure), Decimal(0))
    assert "Update" in row_of(planned, client_id)
    assert sent.returncode == 0, sent.stdout + sent.stderr
    assert prepared.sent(client_id) == [total(client) - azure]


def test_what_is_asked_waits_until_it_is_agreed_to(prepared: Prepared) -> None:
    client_id = prepared.to_bill[0].client.client_id
    prepared.call("send", "--plan", hash_in(prepared.plan(client_id)))
    prepared.edit(client_id, {Setting.EXCLUDED: True})

    planned = prepared.plan(client_id)
    waiting = prepared.call("send", "--plan", hash_in(planned))
    agreed = prepared.call("send", "--plan", hash_in(planned), "--agree", str(client_id))

    assert (planned.returncode, waiting.returncode, agreed.returncode) == (3, 3, 0), agreed.stdout + agreed.stderr
    assert "Asks: Everything that was sent is taken back." in row_of(planned, client_id)
    assert f"1 of them asks something, and waits unless you add --agree {client_id}, or --agree-all." in planned.stdout
    assert "1 waits for your agreement." in waiting.stdout
    assert prepared.sent(client_id) == [Decimal(0)]


def test_what_is_refused_is_said_with_its_reason_and_exits_with_3(prepared: Prepared) -> None:
    client_id, other = ids(prepared.to_bill[:2])
    prepared.edit(client_id, {Setting.EXCLUDED: True})

    planned = prepared.plan(client_id, other)
    sent = prepared.call("send", "--plan", hash_in(planned))

    assert (planned.returncode, sent.returncode) == (3, 3)
    assert "Do Not Invoice is on." in row_of(planned, client_id)
    assert "1 sent, 1 refused." in sent.stdout
    assert prepared.sent(client_id) == []


def test_a_client_that_is_not_to_be_invoiced_is_left_out_unless_all_are_asked_for(prepared: Prepared) -> None:
    client_id = prepared.to_bill[0].client.client_id
    prepared.edit(client_id, {Setting.EXCLUDED: True})

    planned = prepared.plan()
    every = prepared.call("plan", "pax8", str(MONTH), "--all")

    assert "Left out: 1 because of Do Not Invoice" in planned.stdout
    assert [line for line in planned.stdout.splitlines() if line.split()[:1] == [str(client_id)]] == []
    assert "Do Not Invoice is on." in row_of(every, client_id)


def test_a_plan_that_rests_on_other_rules_is_not_sent(prepared: Prepared) -> None:
    client_id = prepared.with_azure().client.client_id
    planned = prepared.plan(client_id)
    prepared.edit(client_id, {Setting.USE_GLOBAL: False, Setting.DROP_AZURE: True})

    sent = prepared.call("send", "--plan", hash_in(planned))

    assert sent.returncode == 3
    assert "Nothing was sent. Plan again." in sent.stderr
    assert prepared.sent(client_id) == []


def test_what_halopsa_does_not_let_be_written_exits_with_1(prepared: Prepared) -> None:
    client_id = prepared.to_bill[0].client.client_id
    planned = prepared.plan(client_id)
    prepared.sandbox.control.fault(Fault(FaultKind.UNAUTHORIZED, INVOICE, method="POST"))

    sent = prepared.call("send", "--plan", hash_in(planned))

    assert sent.returncode == 1
    assert "Failed" in row_of(sent, client_id)
    assert "Traceback" not in sent.stderr


def test_ctrl_c_stops_after_the_invoice_that_is_under_way(prepared: Prepared) -> None:
    first, second = ids(prepared.to_bill[:2])
    planned = prepared.plan(first, second)
    slow = Fault(FaultKind.LATENCY, INVOICE, seconds=600, method="POST")
    prepared.sandbox.control.fault(slow)
    process = subprocess.Popen(
        [*COMMAND, "send", "--plan", hash_in(planned)],
        cwd=ROOT,
        env=prepared.environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        wait_for(lambda: prepared.sandbox.control.faults_applied(slow), "the first invoice to be sent")
        process.send_signal(signal.SIGINT)
        assert process.stderr is not None
        said = next(line for line in process.stderr if line.strip())
        prepared.sandbox.control.clear_faults()
        out, err = process.communicate(timeout=60)
    finally:
        process.kill()
        process.wait()

    assert "Stopping after the invoice that is under way." in said
    assert process.returncode == 4, out + err
    assert "1 sent, 1 not tried." in out
    assert (len(prepared.sent(first)), len(prepared.sent(second))) == (1, 0)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["send", "--plan", "abcdef"], "There is no plan abcdef."),
        (["send", "--plan", ""], "There is no plan"),
        (["send"], "Missing option '--plan'"),
        (["send", "--plan", "a", "--agree", "1", "--agree-all"], "Name the clients to agree to, or say --agree-all."),
        (["plan", "pax8", str(MONTH), "--client", "1", "--all"], "Name clients, or say --all."),
        (["plan", "pax8", str(MONTH), "--client", str(2**63)], "No client has such an id."),
        (["plan", "pax8", "2026-13"], "There is no month 13"),
    ],
)
def test_wrong_usage_exits_with_2(prepared: Prepared, arguments: list[str], sentence: str) -> None:
    done = prepared.call(*arguments)

    assert done.returncode == 2
    assert sentence in done.stderr


def test_agreeing_to_a_client_that_is_not_in_the_plan_is_refused(prepared: Prepared) -> None:
    client_id = prepared.to_bill[0].client.client_id

    done = prepared.call("send", "--plan", hash_in(prepared.plan(client_id)), "--agree", "-7")

    assert done.returncode == 2
    assert "Client -7 is not in the plan." in done.stderr
    assert prepared.sent(client_id) == []


def test_a_client_of_whom_nothing_is_known_is_named(prepared: Prepared) -> None:
    done = prepared.plan(-7)

    assert done.returncode == 3
    assert f"Client -7 has no charges of {MONTH}, and nothing was sent for it: left out." in done.stderr


def test_without_charges_there_is_nothing_to_plan(prepared: Prepared) -> None:
    done = prepared.call("plan", "pax8", str(MONTH.previous))

    assert done.returncode == 1
    assert f"The charges of Pax8 for {MONTH.previous} were not fetched yet." in done.stderr


def test_names_cannot_steer_the_terminal_and_need_no_utf_8(prepared: Prepared) -> None:
    client_id = prepared.to_bill[0].client.client_id
    prepared.sandbox.control.rename_client(client_id, "\x1b]0;owned\x07Ac\u202eme\u2066 \x9b2J Łódź\r\nUnchanged")
    prepared.call("refresh", "pax8")

    done = call(
        "plan",
        *("pax8", str(MONTH), "--client", str(client_id)),
        environ=prepared.environ | {"PYTHONIOENCODING": "ascii"},
    )

    assert done.returncode in (0, 3), done.stderr
    assert "Ac" in row_of(done, client_id)
    assert re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", done.stdout) is None
