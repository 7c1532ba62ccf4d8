"""HaloPSA's REST API: clients, invoices, recurring invoices.

Source: the instance's own swagger (`/api/swagger`), and what integrators saw on tenants, read November 2026.
Auth:   client credentials; the authorisation server is named by `/api/authinfo`, the tenant goes into the query.
Pages:  `pageinate` (so spelled; the right spelling is ignored, and with it every row after the 50th), `page_no` from 1.
        A page has at most 100 rows, whatever `page_size` asks for. `record_count` counts all rows.
Money:  major units, as JSON numbers.
Limits: 300 calls in 5 minutes were seen; others report 500 and 700. `Policy.rate_calls`.
Quirks: a 401 is also the answer to a missing permission. Ids can be negative. Recurring invoices come under the key
        `invoices`. Rows of clients carry a logo and secrets (`api_access_clientsecret`, `twilio_subaccount_authtoken`);
        nothing but what is named here leaves this module.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar
from urllib.parse import urlencode

from billingbot.connectors.base_url import checked_url
from billingbot.connectors.credentials import completed, secrets
from billingbot.connectors.http import (
    Patience,
    Policy,
    Request,
    SignedIn,
    Token,
    Transport,
    Wire,
    parse_json,
    reading,
    token_for,
)
from billingbot.connectors.json_row import JsonRow, root
from billingbot.connectors.pages import Listing, Page, walk
from billingbot.domain.credential import CredentialField
from billingbot.domain.invoice import Invoice, RecurringInvoice
from billingbot.domain.party import Client
from billingbot.errors import ConfigError, UpstreamRejected, UpstreamSchemaError
from billingbot.ports import PageSeen

SOURCE = "HaloPSA"
_WHERE = "HaloPSA → Configuration → Integrations → HaloPSA API"

HALO_FIELDS = (
    CredentialField("base_url", "Resource Server", f"{_WHERE}: https://yourname.halopsa.com"),
    CredentialField("client_id", "Client ID", f"{_WHERE} → View Applications; method Client ID and Secret (Services)."),
    CredentialField("client_secret", "Client Secret", "Shown once, when the application is created.", secret=True),
    CredentialField(
        "tenant", "Tenant", f"{_WHERE}, below the servers; leave it empty if none is there.", required=False
    ),
)

POLICY = Policy(rate_calls=300, rate_window=300)

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class HaloAccount:
    """Where an instance of HaloPSA is, and as whom to sign in. `base_url` ends before `/api`."""

    base_url: str
    client_id: str
    client_secret: str = field(repr=False)
    tenant: str = ""
    allowed_hosts: frozenset[str] = frozenset()


class HaloPsa:
    """HaloPSA as one account. Any number of threads may use it; implements `billingbot.ports.Halo`.

    Args:
        account: where, and as whom.
        transport: closed with this.
        page_size: rows to ask for at a time; HaloPSA gives 100 at most.
    """

    def __init__(self, account: HaloAccount, transport: Transport, page_size: int = 100) -> None:
        self._account = account
        self._page_size = page_size
        self._transport = transport
        self._api = SignedIn(transport, self._sign_in)

    def check(self) -> None:
        """Sign in and read one client."""
        self._page("/Client", "clients", {"page_size": "1"}, 1, _client)

    def clients(self, seen: PageSeen) -> list[Client]:
        """Return every active client by id. HaloPSA leaves inactive ones out unless they are asked for."""
        return self._all("/Client", "clients", {}, _client, seen)

    def invoices(self, client_id: int) -> list[Invoice]:
        """Return the client's invoices, newest first."""
        found = self._all("/Invoice", "invoices", {"client_id": str(client_id)}, _invoice, _nobody)
        _all_of_client(found, client_id)
        return sorted(found, key=lambda invoice: (invoice.invoice_date or date.min, invoice.invoice_id), reverse=True)

    def recurring_invoices(self, client_id: int) -> list[RecurringInvoice]:
        """Return the client's recurring invoices by id."""
        found = self._all("/RecurringInvoice", "invoices", {"client_id": str(client_id)}, _recurring_invoice, _nobody)
        _all_of_client(found, client_id)
        return found

    def close(self) -> None:
        """Close all connections."""
        self._transport.close()

    def _all(
        self, path: str, key: str, params: Mapping[str, str], read: Callable[[JsonRow], Row], seen: PageSeen
    ) -> list[Row]:
        listing = Listing(SOURCE, path, lambda number: self._page(path, key, params, number, read), rising=True)
        return list(walk(listing, seen).values())

    def _page(
        self, path: str, key: str, params: Mapping[str, str], number: int, read: Callable[[JsonRow], Row]
    ) -> Page[int, Row]:
        asked = {
            "pageinate": "true",
            "page_size": str(self._page_size),
            "page_no": str(number),
            "order": "id",
            "orderdesc": "false",
            **params,
        }
        label = f"{path} page {number}"
        answer = root(self._api.json(reading(f"{self._account.base_url}/api{path}", label, asked)), SOURCE, label)
        rows = [(row.integer("id"), read(row)) for row in answer.rows(key, "id")]
        return Page(rows, answer.integer("record_count"))

    def _sign_in(self, patience: Patience) -> Token:
        auth_url, tenant = self._authorisation_server(patience)
        form = {
            "grant_type": "client_credentials",
            "client_id": self._account.client_id,
            "client_secret": self._account.client_secret,
            "scope": "all",
        }
        request = Request(
            "POST",
            f"{auth_url}/token",
            "the sign-in",
            repeatable=True,
            params={"tenant": tenant} if tenant else {},
            headers={"Content-Type": "application/x-www-form-urlencoded"},
            content=urlencode(form).encode(),
        )
        return token_for(self._transport, request, patience)

    def _authorisation_server(self, patience: Patience) -> tuple[str, str]:
        """Return the URL before `/token`, and the tenant; older instances without authinfo have it at `/auth`."""
        request = reading(f"{self._account.base_url}/api/authinfo", "/authinfo")
        reply = self._transport.call(request, patience)
        try:
            answer = root(parse_json(reply, SOURCE, request.label), SOURCE, request.label)
            auth_url = answer.text("auth_url")
        except UpstreamSchemaError:
            return f"{self._account.base_url}/auth", self._account.tenant
        tenant = self._account.tenant or answer.optional_text("tenant_id") or ""
        return self._trusted(auth_url), tenant

    def _trusted(self, auth_url: str) -> str:
        """Return a URL that came over the wire, if our secret may be sent there."""
        try:
            return checked_url(auth_url, "the authorisation server", self._account.allowed_hosts)
        except ConfigError as error:
            fault = str(error)
        raise UpstreamRejected(f"/authinfo: {fault}", source=SOURCE)


def connect_halo(credentials: Mapping[str, str], *, allowed_hosts: frozenset[str] = frozenset()) -> HaloPsa:
    """Return a connection to HaloPSA; nothing is asked of it yet. Raise `ConfigError` that names the faulty values.

    Args:
        credentials: values by the names of `HALO_FIELDS`.
        allowed_hosts: hosts that may be private, speak plain HTTP and use any port: on-premises, the sandbox.
    """
    values = completed(SOURCE, HALO_FIELDS, credentials)
    base_url = checked_url(values["base_url"], f"{SOURCE}: Resource Server", allowed_hosts)
    account = HaloAccount(
        # The console shows the resource server with /api.
        base_url.removesuffix("/api"),
        values["client_id"],
        values["client_secret"],
        values["tenant"],
        allowed_hosts,
    )
    wire = Wire(POLICY, allowed_hosts)
    return HaloPsa(account, Transport(SOURCE, wire, POLICY, secrets=secrets(HALO_FIELDS, values)))


def _client(row: JsonRow) -> Client:
    return Client(row.integer("id"), row.text("name"), row.optional_text("twilio_subaccount_sid"))


def _invoice(row: JsonRow) -> Invoice:
    return Invoice(
        invoice_id=row.integer("id"),
        client_id=row.integer("client_id"),
        number=row.optional_text("invoicenumber") or "",
        invoice_date=row.optional_day("invoice_date"),
        client_name=row.optional_text("client_name") or "",
        total=row.money("total"),
        posted=row.flag("posted"),
        voided=row.flag("voided"),
        # A part payment counts: the sum that somebody pays must not change any more.
        paid=row.optional_day("datepaid") is not None or bool(row.optional_money("amountpaid")),
    )


def _recurring_invoice(row: JsonRow) -> RecurringInvoice:
    return RecurringInvoice(
        recurring_invoice_id=row.integer("id"),
        client_id=row.integer("client_id"),
        total=row.money("total"),
        reference=row.optional_text("reference") or "",
        contract=row.optional_text("contract_ref") or "",
        next_period=row.optional_day("nextcreationdate"),
        disabled=row.flag("disabled"),
    )


def _all_of_client(found: list[Invoice] | list[RecurringInvoice], client_id: int) -> None:
    """Refuse rows of other clients: charges must not land there because a filter was ignored."""
    strangers = {invoice.client_id for invoice in found} - {client_id}
    if strangers:
        sentence = f"invoices of client {client_id} were asked for, and invoices of client {min(strangers)} came."
        raise UpstreamSchemaError(sentence, source=SOURCE)


def _nobody(done: int, total: int) -> None:
    """Hear of a page of a short list."""
