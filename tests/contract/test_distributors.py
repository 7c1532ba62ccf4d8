"""What every distributor has to keep, each against its recorded answers: see docs/adding-a-distributor.md."""

import json
import logging
from urllib.parse import urlsplit

import pytest

from billingbot.connectors import DISTRIBUTORS, Connection, DistributorKind
from billingbot.errors import (
    UpstreamAuthError,
    UpstreamError,
    UpstreamListUnstable,
    UpstreamRateLimited,
    UpstreamSchemaError,
    UpstreamUnavailable,
)
from tests.contract.patient import WarpedTime
from tests.contract.raw_server import Answer, reply, truncated
from tests.contract.recorded.conversation import CANARY, TODAY, Recorded, ignore, lines_of, playing
from tests.contract.recorded.keys import keys, without
from tests.contract.recorded.registry import RECORDED

CASES = pytest.mark.parametrize(
    ("kind", "recorded"),
    [pytest.param(kind, RECORDED[kind.key], id=kind.key) for kind in DISTRIBUTORS if kind.key in RECORDED],
)
PAGE = b"<!DOCTYPE html><html><body>Sign in</body></html>"
FAULTS: dict[str, tuple[Answer, type[UpstreamError]]] = {
    "401": (reply(401, b"{}"), UpstreamAuthError),
    "403": (reply(403, b"{}"), UpstreamAuthError),
    "429": (reply(429, b"{}"), UpstreamRateLimited),
    "500": (reply(500, b""), UpstreamUnavailable),
    "503": (reply(503, PAGE, content_type="text/html"), UpstreamUnavailable),
    "html": (reply(200, PAGE, content_type="text/html"), UpstreamSchemaError),
    "half a JSON": (reply(200, b'{"a": '), UpstreamSchemaError),
    "truncated": (truncated, UpstreamUnavailable),
}


def everything(connection: Connection, recorded: Recorded) -> None:
    connection.check()
    connection.companies(ignore)
    connection.charges(recorded.period, TODAY, ignore)


def test_every_distributor_is_recorded() -> None:
    assert {kind.key for kind in DISTRIBUTORS} == set(RECORDED)


@CASES
def test_companies_of_all_pages_are_read(kind: DistributorKind, recorded: Recorded) -> None:
    seen: list[tuple[int, int]] = []
    with playing(kind, recorded) as (connection, _):
        companies = connection.companies(lambda done, total: seen.append((done, total)))

    assert companies == list(recorded.companies)
    assert len(seen) > 1


@CASES
def test_charges_are_exact_complete_and_in_order(kind: DistributorKind, recorded: Recorded) -> None:
    with playing(kind, recorded) as (connection, _):
        statement = connection.charges(recorded.period, TODAY, ignore)

    assert lines_of(statement) == list(recorded.charges)
    assert (statement.period, statement.final) == (recorded.period, True)
    assert all(charge.raw for charge in statement.charges)


@CASES
def test_a_key_that_is_missing_is_named_unless_it_may_be_missing(kind: DistributorKind, recorded: Recorded) -> None:
    wrong: list[str] = []
    for key in keys(recorded):
        said = ""
        with playing(kind, without(recorded, key)) as (connection, _):
            try:
                everything(connection, recorded)
            except (UpstreamSchemaError, UpstreamListUnstable) as error:
                said = str(error)
        named = key.name.casefold() in said.casefold() or "is empty, after" in said
        expected = said == "" if key.is_optional(recorded) else named
        if not expected:
            wrong.append(f"{key.written(recorded)}: {said or 'nothing is said'}")

    assert wrong == []


@CASES
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_the_list_is_the_error_that_it_is(kind: DistributorKind, recorded: Recorded, fault: str) -> None:
    answer, error = FAULTS[fault]
    with playing(kind, recorded, {recorded.listed: answer}) as (connection, _), pytest.raises(error) as caught:
        connection.companies(ignore)

    assert caught.value.source == kind.name


@CASES
def test_secrets_that_are_echoed_are_neither_shown_nor_logged(
    kind: DistributorKind, recorded: Recorded, caplog: pytest.LogCaptureFixture
) -> None:
    secrets = " ".join(recorded.credentials[field.name] for field in kind.fields if field.secret)
    sign_ins = [("POST", answer.path) for answer in recorded.answers if answer.path.endswith("/token")]
    echoed = {recorded.listed: f"{secrets} {CANARY}token" if sign_ins else secrets, **dict.fromkeys(sign_ins, secrets)}
    caplog.set_level(logging.DEBUG)
    shown = ""
    for where, told in echoed.items():
        for status in (400, 401, 500):
            echo = reply(status, json.dumps({"message": told, "error_description": told}).encode())
            with playing(kind, recorded, {where: echo}) as (connection, _):
                with pytest.raises(UpstreamError) as caught:
                    connection.companies(ignore)
                shown += f"{connection!r} {caught.value} {caught.value!r} {caught.value.__cause__!r}"

    assert "…" in shown
    assert CANARY not in shown
    assert CANARY not in caplog.text


@CASES
def test_no_endpoint_is_asked_more_often_than_its_limit(kind: DistributorKind, recorded: Recorded) -> None:
    if recorded.calls_a_minute is None:
        pytest.skip("The vendor limits calls at the same time, not calls a minute.")
    time = WarpedTime()
    times: list[float] = []
    with playing(kind, recorded, time=time) as (connection, server):
        for _ in range(2 * recorded.calls_a_minute + 5):
            before = len(server.hits)
            connection.check()
            asked = [(hit.method, urlsplit(hit.target).path) for hit in server.hits[before:]]
            times += [time.clock()] * asked.count(recorded.check)

    assert len(times) == 2 * recorded.calls_a_minute + 5
    pairs = zip(times, times[recorded.calls_a_minute :], strict=False)
    # Less what the first of two calls may have taken longer than the second.
    assert min(later - earlier for earlier, later in pairs) >= 60 - 0.5
