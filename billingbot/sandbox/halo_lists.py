"""HaloPSA's clients and items."""

from collections.abc import Sequence
from itertools import count

from starlette.exceptions import HTTPException
from starlette.requests import Request

from billingbot.sandbox.dataset import HaloClient
from billingbot.sandbox.halo_body import ITEM_KEYS, posted_rows
from billingbot.sandbox.halo_query import flag, list_answer, ordered, query_of, saved_answer, searched, to_integer
from billingbot.sandbox.halo_rows import INACTIVE_ITEMS, client_row, item_rows
from billingbot.sandbox.listing import LastView
from billingbot.sandbox.wire import JsonResponse, Row
from billingbot.sandbox.world import World

_FIRST_NEW_ITEM = 5000


class HaloLists:
    """Endpoints. Items that were created or changed live as long as the sandbox."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._view: LastView[HaloClient] = LastView()
        self._items = item_rows()
        self._new_item_ids = count(_FIRST_NEW_ITEM)

    async def clients(self, request: Request) -> JsonResponse:
        """Answer `GET /api/Client`: active ones, and inactive ones with `includeinactive`."""
        rows = self._world.clients.rows
        found = self._view.of(rows, query_of(request), lambda: _selected(request, rows))
        return list_answer(request, found, "clients", self._row)

    async def client(self, request: Request) -> JsonResponse:
        """Answer `GET /api/Client/{id}`."""
        client = self._world.clients.get(to_integer("id", request.path_params["id"]))
        if client is None:
            raise HTTPException(404)
        return JsonResponse(self._row(client))

    async def items(self, request: Request) -> JsonResponse:
        """Answer `GET /api/Item`: active ones, and inactive ones with `includeinactive`."""
        inactive = flag(request, "includeinactive")
        present = [row for row in self._items.values() if inactive or row["id"] not in INACTIVE_ITEMS]
        found = searched(request, present, lambda row: row["name"])
        rows = ordered(request, found, {"id": lambda row: row["id"], "name": lambda row: row["name"]})
        return list_answer(request, rows, "items", lambda row: row)

    async def item(self, request: Request) -> JsonResponse:
        """Answer `GET /api/Item/{id}`."""
        item_id = to_integer("id", request.path_params["id"])
        if item_id not in self._items:
            raise HTTPException(404)
        return JsonResponse(self._items[item_id])

    async def save_items(self, request: Request) -> JsonResponse:
        """Answer `POST /api/Item`: no id creates, an id updates."""
        given = posted_rows(await request.body(), ITEM_KEYS)
        return saved_answer([self._save_item(row) for row in given])

    def _save_item(self, given: Row) -> Row:
        item_id = given.get("id") or next(self._new_item_ids)
        if given.get("id") and item_id not in self._items:
            raise HTTPException(404)
        empty = {"name": "", "description": "", "supplier_part_code": ""}
        template = self._items.get(item_id) or next(iter(item_rows().values())) | empty
        self._items[item_id] = template | given | {"id": item_id}
        return self._items[item_id]

    def _row(self, client: HaloClient) -> Row:
        return client_row(self._world.data.seed, client)


def _selected(request: Request, clients: Sequence[HaloClient]) -> list[HaloClient]:
    inactive = flag(request, "includeinactive")
    present = [client for client in clients if inactive or not client.inactive]
    found = searched(request, present, lambda client: client.name)
    return ordered(request, found, {"id": lambda row: row.client_id, "name": lambda row: row.name.casefold()})
