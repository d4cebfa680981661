"""Orders and refunds."""

from collections.abc import Callable, Hashable, Mapping

from sandbox.business.model import ShopOrder
from sandbox.woocommerce.arguments import (
    Absolute,
    Argument,
    Arguments,
    Choice,
    Flag,
    Integer,
    Many,
    Moment,
    Text,
)
from sandbox.woocommerce.dates import bounds
from sandbox.woocommerce.errors import WpError, invalid_id
from sandbox.woocommerce.listing import Row, Wanted
from sandbox.woocommerce.render import orders as render
from sandbox.woocommerce.render.base import Document
from sandbox.woocommerce.routes.base import CREATED, FIELDS, PAGING, Answer, Call, Route, listed, sent
from sandbox.woocommerce.site import Site

STATUSES = ("pending", "processing", "on-hold", "completed", "cancelled", "refunded", "failed")
DRAFT, TRASH, ANY = "checkout-draft", "trash", "any"
UNLISTED = (DRAFT, TRASH, "auto-draft")
Filter = tuple[Hashable, Callable[[Row], bool]]
MODIFIED: Mapping[str, Argument] = {
    "modified_after": Moment(),
    "modified_before": Moment(),
    "dates_are_gmt": Flag(),
}


def order_arguments(site: Site) -> Mapping[str, Argument]:
    """What `/orders` takes; the statuses it knows depend on the site's plugins."""
    return {
        **PAGING,
        **CREATED,
        **MODIFIED,
        "order": Choice(("asc", "desc"), "desc"),
        "orderby": Choice(("date", "id", "include", "title", "slug", "modified"), "date"),
        "parent": Many(Integer()),
        "parent_exclude": Many(Integer()),
        "status": Many(Choice((ANY, TRASH, *registered(site))), (ANY,)),
        "customer": Integer(),
        "product": Integer(),
        "created_via": Many(Text()),
        "dp": Absolute(),
    }


REFUND_ARGUMENTS: Mapping[str, Argument] = {
    **PAGING,
    **CREATED,
    "dates_are_gmt": Flag(),
    "order": Choice(("asc", "desc"), "desc"),
    "orderby": Choice(("date", "id", "include", "title", "slug", "modified"), "date"),
    "dp": Absolute(),
}


def registered(site: Site) -> tuple[str, ...]:
    """The statuses that WooCommerce and the plugins that are on have registered."""
    used = {row.status for row in site.orders.rows().values()}
    unknown = {*UNLISTED, *STATUSES, *site.settings.unregistered_statuses}
    return (*STATUSES, *sorted(used - unknown), DRAFT)


def _orders(call: Call, arguments: Arguments) -> Answer:
    site = call.site
    orderby = arguments["orderby"]
    if orderby in ("title", "slug") and site.settings.hpos:
        orderby = "id"
    found = site.orders.find(
        Wanted(
            orderby,
            arguments["order"] == "desc" and orderby == arguments["orderby"],
            filters=tuple(_filters(site, arguments)),
            bounds=tuple(bounds(arguments, site.settings.zone(), by_moment=site.settings.hpos)),
            include=arguments["include"],
            zone=site.settings.zone(),
        )
    )
    return listed(call, arguments, found, kind="order", write_row=_writer(call, arguments))


def _filters(site: Site, arguments: Arguments) -> list[Filter]:
    statuses = frozenset(_wanted_statuses(site, arguments["status"]))
    found: list[Filter] = [(("status", statuses), lambda row: row.status in statuses)]
    if arguments["exclude"]:
        found.append(excluding(arguments["exclude"]))
    if arguments["parent"]:
        found.append((("parent", arguments["parent"]), lambda row: row.parent in arguments["parent"]))
    if arguments["customer"] is not None:
        customer = arguments["customer"]
        found.append((("customer", customer), lambda row: row.source.customer_id == customer))
    if arguments["product"]:
        product = arguments["product"]
        found.append((("product", product), lambda row: _sells(row.source, product)))
    if arguments["created_via"]:
        ways = arguments["created_via"]
        found.append((("created_via", ways), lambda row: row.source.created_via in ways))
    if arguments["search"]:
        words = arguments["search"].lower()
        found.append((("search", words), lambda row: words in _words_of(row.source)))
    return found


def excluding(numbers: tuple[int, ...]) -> Filter:
    """All but these ids."""
    return ("exclude", numbers), lambda row: row.id not in numbers


def _wanted_statuses(site: Site, asked: tuple[str, ...]) -> tuple[str, ...]:
    """`any` is every registered status but the trash and drafts; older shops list their drafts too."""
    if ANY not in asked:
        return asked
    known = registered(site)
    return tuple(one for one in known if one != DRAFT) if site.settings.hpos else known


def _writer(call: Call, arguments: Arguments) -> Callable[[Row], Document]:
    site, printer = call.site, call.site.printer(arguments["dp"])
    return lambda row: render.order(row.source, site.shop, printer, notes=site.notes(row.source))


def _order(call: Call, arguments: Arguments) -> Answer:
    row = call.site.orders.get(call.numbers[0])
    if row is None:
        raise invalid_id()
    return sent(arguments, _writer(call, arguments)(row))


def _refunds_of_order(call: Call, arguments: Arguments) -> Answer:
    """A page of an order's refunds, its trashed state notwithstanding; of no order there are none."""
    number = call.numbers[0]
    return _list_refunds(call, arguments, [(("parent", number), lambda row: row.parent == number)])


def _all_refunds(call: Call, arguments: Arguments) -> Answer:
    return _list_refunds(call, arguments, [], with_parent=True)


def _list_refunds(
    call: Call, arguments: Arguments, filters: list[Filter], *, with_parent: bool = False
) -> Answer:
    site = call.site
    if arguments["exclude"]:
        filters.append(excluding(arguments["exclude"]))
    orderby = arguments["orderby"] if arguments["orderby"] in ("date", "id", "include") else "date"
    found = site.refunds.find(
        Wanted(
            orderby,
            arguments["order"] == "desc",
            filters=tuple(filters),
            bounds=tuple(bounds(arguments, site.settings.zone(), by_moment=site.settings.hpos)),
            include=arguments["include"],
            zone=site.settings.zone(),
        )
    )
    shop, printer = site.shop, site.printer(arguments["dp"])

    def write_row(row: Row) -> Document:
        return render.refund(row.source, shop, printer, with_parent=with_parent)

    kind = "refund with parent" if with_parent else "refund"
    return listed(call, arguments, found, kind=kind, write_row=write_row)


def _refund(call: Call, arguments: Arguments) -> Answer:
    order, number = call.numbers
    row = call.site.refunds.get(number)
    if call.site.orders.get(order) is None:
        raise WpError(404, "woocommerce_rest_invalid_order_id", message="Invalid order ID.")
    if row is None or row.parent != order:
        raise invalid_id("woocommerce_rest_shop_order_refund_invalid_id")
    printer = call.site.printer(arguments["dp"])
    return sent(arguments, render.refund(row.source, call.site.shop, printer))


def _sells(order: ShopOrder, product: int) -> bool:
    return any(product in (line.item.product_id, line.item.variation_id) for line in order.lines)


def _words_of(order: ShopOrder) -> str:
    contact = order.billing
    parts = (order.number, contact.first_name, contact.last_name, contact.email, contact.city)
    return " ".join((*parts, *(line.item.name for line in order.lines))).lower()


SINGLE: Mapping[str, Argument] = {**FIELDS, "dp": Absolute()}
ROUTES = (
    Route("/wc/v3/orders", order_arguments, _orders),
    Route(r"/wc/v3/orders/(\d+)", SINGLE, _order, single=True),
    Route(r"/wc/v3/orders/(\d+)/refunds", REFUND_ARGUMENTS, _refunds_of_order),
    Route(r"/wc/v3/orders/(\d+)/refunds/(\d+)", SINGLE, _refund, single=True),
    Route("/wc/v3/refunds", REFUND_ARGUMENTS, _all_refunds, since="9.0"),
)
