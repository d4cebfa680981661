"""Customers and tax rates: tables without any date filter."""

from collections.abc import Callable, Mapping

from sandbox.woocommerce.arguments import Argument, Arguments, Choice, Integer, Text
from sandbox.woocommerce.errors import invalid_id
from sandbox.woocommerce.listing import Row, Wanted
from sandbox.woocommerce.render import people as render
from sandbox.woocommerce.render.base import Document
from sandbox.woocommerce.routes.base import FIELDS, PAGING, Answer, Call, Route, listed, sent
from sandbox.woocommerce.routes.orders import Filter, excluding

ROLES = ("administrator", "editor", "author", "contributor", "subscriber", "customer", "shop_manager")
ASCENDING = Choice(("asc", "desc"), "asc")
CUSTOMERS: Mapping[str, Argument] = {
    **PAGING,
    "order": ASCENDING,
    "orderby": Choice(("id", "include", "name", "registered_date"), "name"),
    "email": Text(),
    "role": Choice(("all", *ROLES), "customer"),
}
TAXES: Mapping[str, Argument] = {
    **FIELDS,
    "page": Integer(1, 1),
    "per_page": Integer(10, 1, 100),
    "offset": Integer(),
    "order": ASCENDING,
    "orderby": Choice(("id", "order", "priority"), "order"),
    "class": Text(),
}


def _customers(call: Call, arguments: Arguments) -> Answer:
    role, email = arguments["role"], arguments["email"]
    filters: list[Filter] = []
    if role != "all":
        filters.append((("role", role), lambda row: row.source.role == role))
    if email:
        filters.append((("email", email), lambda row: row.source.email.lower() == email.lower()))
    if arguments["exclude"]:
        filters.append(excluding(arguments["exclude"]))
    if arguments["search"]:
        words = arguments["search"].lower()
        filters.append((("search", words), lambda row: _mentions(row, words)))
    wanted = Wanted(
        arguments["orderby"],
        arguments["order"] == "desc",
        filters=tuple(filters),
        include=arguments["include"],
    )
    found = call.site.customers.find(wanted)
    return listed(call, arguments, found, kind="customer", write_row=_writer(call))


def _customer(call: Call, arguments: Arguments) -> Answer:
    row = call.site.customers.get(call.numbers[0])
    if row is None:
        raise invalid_id("woocommerce_rest_invalid_id", "Invalid resource ID.")
    return sent(arguments, _writer(call)(row))


def _writer(call: Call) -> Callable[[Row], Document]:
    printer = call.site.printer()
    return lambda row: render.customer(row.source, printer)


def _mentions(row: Row, words: str) -> bool:
    return words in f"{row.title} {row.source.email} {row.source.username}".lower()


def _taxes(call: Call, arguments: Arguments) -> Answer:
    filters: list[Filter] = []
    if arguments["class"]:
        name = arguments["class"]
        filters.append((("class", name), lambda row: (row.source.tax_class or "standard") == name))
    wanted = Wanted(arguments["orderby"], arguments["order"] == "desc", filters=tuple(filters))
    printer = call.site.printer()

    def write_row(row: Row) -> Document:
        return render.tax_rate(row.source, printer)

    return listed(call, arguments, call.site.taxes.find(wanted), kind="tax", write_row=write_row)


def _tax(call: Call, arguments: Arguments) -> Answer:
    row = call.site.taxes.get(call.numbers[0])
    if row is None:
        raise invalid_id("woocommerce_rest_invalid_id", "Invalid resource ID.")
    return sent(arguments, render.tax_rate(row.source, call.site.printer()))


ROUTES = (
    Route("/wc/v3/customers", CUSTOMERS, _customers),
    Route(r"/wc/v3/customers/(\d+)", FIELDS, _customer, single=True),
    Route("/wc/v3/taxes", TAXES, _taxes, needs="manage"),
    Route(r"/wc/v3/taxes/(\d+)", FIELDS, _tax, needs="manage", single=True),
)
