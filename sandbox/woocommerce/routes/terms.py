"""Categories and tags: words that products are filed under, without dates."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from sandbox.business.model import Product
from sandbox.woocommerce.arguments import Argument, Arguments, Choice, Flag, Integer, Text
from sandbox.woocommerce.errors import invalid_id
from sandbox.woocommerce.listing import NEVER, Listing, Row, Wanted
from sandbox.woocommerce.render import products as render
from sandbox.woocommerce.render.base import Document
from sandbox.woocommerce.routes.base import FIELDS, PAGING, Answer, Call, Route, listed, sent
from sandbox.woocommerce.routes.orders import Filter, excluding

SORTED_AS = {"name": "title", "slug": "slug", "include": "include"}  # by all else: by id
TERMS: Mapping[str, Argument] = {
    **PAGING,
    "order": Choice(("asc", "desc"), "asc"),
    "orderby": Choice(("id", "include", "name", "slug", "term_group", "description", "count"), "name"),
    "hide_empty": Flag(),
    "parent": Integer(),
    "product": Integer(),
    "slug": Text(),
}
Words = Callable[[Product], Iterable[Document]]


def _categories_of(product: Product) -> list[Document]:
    return [render.category(product.product_type)]


def _tags_of(product: Product) -> list[Document]:
    return [render.tag(name) for name in product.tags]


def _rows(products: Iterable[Product], words: Words) -> Iterator[Row]:
    counts: Counter[int] = Counter()
    known: dict[int, Document] = {}
    for product in products:
        for term in words(product):
            counts[term["id"]] += 1
            known[term["id"]] = term
    for number, term in known.items():
        yield Row(number, counts[number], NEVER, title=term["name"], slug=term["slug"])


def _list(kind: str, words: Words, more: Document) -> Callable[[Call, Arguments], Answer]:
    def answer(call: Call, arguments: Arguments) -> Answer:
        filters: list[Filter] = []
        if arguments["exclude"]:
            filters.append(excluding(arguments["exclude"]))
        if text := arguments["search"]:
            filters.append((("search", text), lambda row: text.lower() in row.title.lower()))
        if slug := arguments["slug"]:
            filters.append((("slug", slug), lambda row: row.slug == slug))
        wanted = Wanted(
            SORTED_AS.get(arguments["orderby"], "id"),
            arguments["order"] == "desc",
            filters=tuple(filters),
            include=arguments["include"],
        )
        products = list(call.site.shop.products.values())
        if (only := arguments["product"]) is not None:
            products = [one for one in products if one.id == only]
        found = [] if arguments["parent"] else Listing(lambda: _rows(products, words)).find(wanted)
        return listed(
            call, arguments, found, kind=kind, write_row=lambda row: _written(call, row, kind, more)
        )

    return answer


def _single(kind: str, words: Words, more: Document) -> Callable[[Call, Arguments], Answer]:
    def answer(call: Call, arguments: Arguments) -> Answer:
        row = Listing(lambda: _rows(call.site.shop.products.values(), words)).get(call.numbers[0])
        if row is None:
            raise invalid_id("woocommerce_rest_term_invalid", "Resource does not exist.")
        return sent(arguments, _written(call, row, kind, more))

    return answer


def _written(call: Call, row: Row, kind: str, more: Document) -> Document:
    """A term; one that has no image shows an empty list for it."""
    return {
        "id": row.id,
        "name": row.title,
        "slug": row.slug,
        "description": "",
        **more,
        "count": row.source,
        "_links": call.site.printer().links(f"products/{kind}", row.id),
    }


def _routes(kind: str, words: Words, **more: object) -> tuple[Route, Route]:
    path = f"/wc/v3/products/{kind}"
    return (
        Route(path, TERMS, _list(kind, words, more)),
        Route(rf"{path}/(\d+)", FIELDS, _single(kind, words, more), single=True),
    )


ROUTES = (
    *_routes("categories", _categories_of, parent=0, display="default", image=[], menu_order=0),
    *_routes("tags", _tags_of),
)
