"""Reads whole things by ordinary queries: pages, single nodes, and what nested pages leave out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from loaders.shopify import queries, settings
from loaders.shopify.client import Client
from loaders.shopify.documents import flatten, moment, nest, unfinished
from loaders.shopify.selections import CODES, SALES, Thing

Json = dict[str, Any]
IN_DISCOUNT = "discount { ... on DiscountCodeBasic { {} } ... on DiscountCodeFreeShipping { {} } }"


class ChangedMeanwhile(Exception):
    """A thing was changed between two reads of its parts."""


@dataclass
class Reader:
    """Whole things of one shop."""

    client: Client
    # Things that would not hold still, and the earliest change among them: a window must not end after it.
    left: list[str] = field(default_factory=list)
    unsettled: datetime | None = None

    def pages(
        self, thing: Thing, *, size: int, sort: str | None = None, search: str | None = None
    ) -> Iterator[tuple[Json, datetime]]:
        """(whole flat node, moment) for everything that a search finds and that holds still."""
        text = queries.page(thing, sort=sort)
        for nodes, at in self.client.pages(text, thing.root, size=size, search=search):
            for node in nodes:
                yield from self._whole(thing, node, at)

    def by_id(self, thing: Thing, identities: list[str]) -> Iterator[tuple[Json, datetime]]:
        """(whole flat node, moment) of those among `identities` that exist."""
        text = queries.nodes(thing)
        for _, node, at in self.client.nodes(text, identities, size=settings.ORDERS_PER_PAGE):
            yield from self._whole(thing, node, at) if node else ()

    def _whole(self, thing: Thing, node: Json, at: datetime) -> Iterator[tuple[Json, datetime]]:
        found: Json | None = node
        for _ in range(settings.READS_OF_ONE_ORDER):
            if found is None:
                return
            try:
                self.complete(thing, found)
            except ChangedMeanwhile:
                text = queries.nodes(thing)
                _, found, at = next(self.client.nodes(text, [str(node["id"])], size=1))
                continue
            flatten(found, thing)
            yield found, at
            return
        self.leave(found or node)

    def leave(self, node: Json) -> None:
        """Note that a thing is left to the next run."""
        self.left.append(str(node["id"]))
        changed = moment(node.get("updatedAt"))
        if changed and (self.unsettled is None or changed < self.unsettled):
            self.unsettled = changed

    def complete(self, thing: Thing, node: Json) -> None:
        """Fetch what the nested connections of a paged node leave out, in place."""
        for connection in unfinished(node, thing.connections):
            page = node[connection.field]
            text = queries.rest(thing.type, connection)
            while page["pageInfo"]["hasNextPage"]:
                answer = self._again(text, node, {"after": page["pageInfo"]["endCursor"]})
                page["nodes"] += answer[connection.field]["nodes"]
                page["pageInfo"] = answer[connection.field]["pageInfo"]
            if connection.children:
                self._complete_sales(node, page["nodes"])

    def complete_codes(self, discount_id: str, discount: Json) -> None:
        """All codes of a discount, flat: they sit one object deeper than other connections."""
        page = discount.get(CODES.field)
        if page is None:
            return
        text = queries.rest("DiscountNode", CODES, within=IN_DISCOUNT)
        while page["pageInfo"]["hasNextPage"]:
            answer = self.client.ask(text, {"id": discount_id, "after": page["pageInfo"]["endCursor"]})
            more = ((answer.data.get("node") or {}).get("discount") or {}).get("codes")
            if more is None:
                raise ChangedMeanwhile
            page["nodes"] += more["nodes"]
            page["pageInfo"] = more["pageInfo"]
        discount[CODES.field] = nest(page["nodes"], CODES)

    def _complete_sales(self, order: Json, agreements: list[Json]) -> None:
        """Sales cannot be reached but through their order: each agreement's place in it is looked up."""
        short = [one for one in agreements if one[SALES.field]["pageInfo"]["hasNextPage"]]
        places = self._places(order) if short else {}
        for agreement in short:
            page = agreement[SALES.field]
            if agreement["id"] not in places:
                raise ChangedMeanwhile
            before = places[agreement["id"]]
            while page["pageInfo"]["hasNextPage"]:
                variables = {"before": before, "after": page["pageInfo"]["endCursor"]}
                found = self._again(queries.REST_OF_SALES, order, variables)["agreements"]["nodes"]
                if not found or found[0]["id"] != agreement["id"]:
                    raise ChangedMeanwhile
                page["nodes"] += found[0][SALES.field]["nodes"]
                page["pageInfo"] = found[0][SALES.field]["pageInfo"]

    def _places(self, order: Json) -> dict[str, str | None]:
        """For each agreement of an order, the cursor after which it comes."""
        places: dict[str, str | None] = {}
        before: str | None = None
        after: str | None = None
        while True:
            page = self._again(queries.AGREEMENT_CURSORS, order, {"after": after})["agreements"]
            for edge in page["edges"]:
                places[edge["node"]["id"]] = before
                before = edge["cursor"]
            if not page["pageInfo"]["hasNextPage"]:
                return places
            after = page["pageInfo"]["endCursor"]

    def _again(self, text: str, node: Json, variables: Json) -> Json:
        answer = self.client.ask(text, {"id": node["id"], **variables}).data.get("node")
        if not answer or answer.get("updatedAt", node.get("updatedAt")) != node.get("updatedAt"):
            raise ChangedMeanwhile
        return dict(answer)
