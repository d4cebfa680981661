"""A route: its path, its parameters, who may call it, what it answers."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import orjson

from sandbox.woocommerce.arguments import Argument, Arguments, Choice, Integer, Many, Moment, Text
from sandbox.woocommerce.dates import gmt
from sandbox.woocommerce.listing import Page, Row
from sandbox.woocommerce.query import Parameters, write
from sandbox.woocommerce.render.base import Document, chosen
from sandbox.woocommerce.site import Site

Needs = Literal["nothing", "read", "reports", "manage"]
FIELDS: Mapping[str, Argument] = {
    "_fields": Many(Text()),
    "context": Choice(("view", "edit"), "view"),
}
PAGING: Mapping[str, Argument] = {
    **FIELDS,
    "page": Integer(1, 1),
    "per_page": Integer(10, 1, 100),
    "offset": Integer(),
    "search": Text(),
    "include": Many(Integer()),
    "exclude": Many(Integer()),
}
ALWAYS = frozenset(("id",))
BRIEF = {
    "order": frozenset(("id", "status", "date_created_gmt", "date_modified_gmt")),
    "refund with parent": frozenset(("id", "parent_id", "date_created_gmt")),
}
CREATED: Mapping[str, Argument] = {"after": Moment(), "before": Moment()}


@dataclass(frozen=True)
class Call:
    """One request that found its route."""

    site: Site
    sent: Parameters
    parts: tuple[str, ...]  # what varies in the path
    address: str  # the path as it was called, without query, for links to other pages

    @property
    def numbers(self) -> tuple[int, ...]:
        """The ids in the path, where all that varies are ids."""
        return tuple(map(int, self.parts))


@dataclass(frozen=True)
class Answer:
    """What is sent: JSON bytes, and headers of its own."""

    body: bytes
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Route:
    """A path of the REST API. `single` says which refusal a stranger gets."""

    path: str  # numbers as (\\d+)
    arguments: Mapping[str, Argument] | Callable[[Site], Mapping[str, Argument]]
    answer: Callable[[Call, Arguments], Answer]
    needs: Needs = "read"
    single: bool = False
    since: str = "0"  # the version of WooCommerce that brought it

    def known(self, site: Site) -> Mapping[str, Argument]:
        """The parameters it takes at a site."""
        return self.arguments(site) if callable(self.arguments) else self.arguments

    def match(self, path: str) -> tuple[str, ...] | None:
        """What varies in the path, or None where it is another."""
        matched = re.fullmatch(self.path, path)
        return None if matched is None else matched.groups()


def sent(arguments: Arguments, content: Any, headers: dict[str, str] | None = None) -> Answer:
    """A single thing, or all of a few, with the fields that were asked for."""
    fields = arguments["_fields"]
    if isinstance(content, list):
        return Answer(orjson.dumps([_only(one, fields) for one in content]), headers or {})
    return Answer(orjson.dumps(_only(content, fields)), headers or {})


def listed(
    call: Call, arguments: Arguments, rows: Any, *, kind: str, write_row: Callable[[Row], Document]
) -> Answer:
    """A page of a collection, with the totals and the links to its neighbours."""
    page = Page.of(rows, arguments)
    fields = arguments["_fields"]
    if fields and set(fields) <= BRIEF.get(kind, ALWAYS):
        body = orjson.dumps([chosen(_brief(row), fields) for row in page.rows])
    elif arguments.get("dp") is not None:
        body = orjson.dumps([_only(write_row(row), fields) for row in page.rows])
    elif fields:
        texts = call.site.written(kind, page.rows, write_row)
        body = orjson.dumps([chosen(orjson.loads(text), fields) for text in texts])
    else:
        body = b"[" + b",".join(call.site.written(kind, page.rows, write_row)) + b"]"
    return Answer(body, paging_headers(call, page))


def paging_headers(call: Call, page: Page) -> dict[str, str]:
    """Totals, and `prev` and `next` where there is such a page; no first and no last."""
    headers = {"X-WP-Total": str(page.total), "X-WP-TotalPages": str(page.pages)}
    links = []
    if page.page > 1:
        links.append(_link(call, min(page.page - 1, page.pages), "prev"))
    if page.pages > page.page:
        links.append(_link(call, page.page + 1, "next"))
    if links:
        headers["Link"] = ", ".join(links)
    return headers


def _brief(row: Row) -> Document:
    """What a sweep asks for, without writing the whole document."""
    return {
        "id": row.id,
        "parent_id": row.parent,
        "status": row.status,
        "date_created_gmt": gmt(row.created),
        "date_modified_gmt": gmt(row.modified),
    }


def _only(document: Document, fields: tuple[str, ...]) -> Document:
    return chosen(document, fields) if fields else document


def _link(call: Call, page: int, rel: str) -> str:
    query = write({**call.sent, "page": str(page)})
    return f'<{call.address}?{query}>; rel="{rel}"'
