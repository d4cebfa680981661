"""Products, variations and coupons: posts, filtered by the site's wall clock."""

from collections.abc import Callable, Mapping

from sandbox.woocommerce.arguments import (
    Absolute,
    Argument,
    Arguments,
    Choice,
    Flag,
    Integer,
    Many,
    Text,
)
from sandbox.woocommerce.dates import bounds
from sandbox.woocommerce.errors import invalid_id
from sandbox.woocommerce.listing import Listing, Row, Wanted
from sandbox.woocommerce.render import people
from sandbox.woocommerce.render import products as render
from sandbox.woocommerce.render.base import Document
from sandbox.woocommerce.routes.base import CREATED, FIELDS, PAGING, Answer, Call, Route, listed, sent
from sandbox.woocommerce.routes.orders import MODIFIED, Filter, excluding

POSTS: Mapping[str, Argument] = {
    **PAGING,
    **CREATED,
    "dates_are_gmt": Flag(),
    "order": Choice(("asc", "desc"), "desc"),
    "dp": Absolute(),
}
ORDERBY = ("date", "id", "include", "title", "slug", "modified")
PRODUCTS: Mapping[str, Argument] = {
    **POSTS,
    **MODIFIED,
    "orderby": Choice((*ORDERBY, "price", "popularity", "rating", "menu_order"), "date"),
    "parent": Many(Integer()),
    "slug": Text(),
    "sku": Text(),
    "status": Choice(("any", "future", "trash", "draft", "pending", "private", "publish"), "any"),
    "type": Choice(("simple", "grouped", "external", "variable")),
}
VARIATIONS: Mapping[str, Argument] = {**POSTS, "orderby": Choice(ORDERBY, "date"), "sku": Text()}
COUPONS: Mapping[str, Argument] = {**POSTS, **MODIFIED, "orderby": Choice(ORDERBY, "date"), "code": Text()}
NO_PRODUCT = "woocommerce_rest_product_invalid_id"


def _products(call: Call, arguments: Arguments) -> Answer:
    filters: list[Filter] = []
    status, kind, skus, slug = (arguments[name] for name in ("status", "type", "sku", "slug"))
    if status != "any":
        filters.append((("status", status), lambda row: render.STATUSES[row.status] == status))
    if kind is not None:
        filters.append((("type", kind), lambda row: row.source.is_variable == (kind == "variable")))
    if skus:
        wanted = skus.split(",")
        filters.append((("sku", skus), lambda row: any(one.sku in wanted for one in row.source.variants)))
    if slug:
        filters.append((("slug", slug), lambda row: row.slug == slug))
    return _posts(
        call,
        arguments,
        call.site.products,
        kind="product",
        write_row=_writer(call, arguments),
        filters=filters,
    )


def _product(call: Call, arguments: Arguments) -> Answer:
    row = call.site.products.get(call.numbers[0])
    if row is None:
        raise invalid_id(NO_PRODUCT)
    return sent(arguments, _writer(call, arguments)(row))


def _writer(call: Call, arguments: Arguments) -> Callable[[Row], Document]:
    site = call.site
    printer, sold, currency = site.printer(arguments["dp"]), site.sold(), site.shop.currency
    alike = site.alike()

    def write_row(row: Row) -> Document:
        related = [one for one in alike[row.source.product_type] if one != row.id]
        units = sold.get(row.id, 0)
        return render.product(row.source, printer, currency=currency, sold=units, related=related)

    return write_row


def _variations(call: Call, arguments: Arguments) -> Answer:
    listing = call.site.variations_of(call.numbers[0]) or Listing(list)
    filters: list[Filter] = []
    if arguments["sku"]:
        sku = arguments["sku"]
        filters.append((("sku", sku), lambda row: row.source.sku == sku))
    write_row = _variation_writer(call, arguments)
    return _posts(call, arguments, listing, kind="variation", write_row=write_row, filters=filters)


def _variation(call: Call, arguments: Arguments) -> Answer:
    product, number = call.numbers
    listing = call.site.variations_of(product)
    row = listing.get(number) if listing is not None else None
    if row is None:
        raise invalid_id("woocommerce_rest_product_variation_invalid_id")
    return sent(arguments, _variation_writer(call, arguments)(row))


def _variation_writer(call: Call, arguments: Arguments) -> Callable[[Row], Document]:
    printer = call.site.printer(arguments["dp"])
    return lambda row: render.variation(row.source, row.owner, printer)


def _coupons(call: Call, arguments: Arguments) -> Answer:
    code = arguments["code"]
    filters: list[Filter] = []
    if code:
        filters.append((("code", code), lambda row: row.source.code == code.lower()))
    printer = call.site.printer(arguments["dp"])

    def write_row(row: Row) -> Document:
        return people.coupon(row.source, printer)

    return _posts(call, arguments, call.site.coupons, kind="coupon", write_row=write_row, filters=filters)


def _coupon(call: Call, arguments: Arguments) -> Answer:
    row = call.site.coupons.get(call.numbers[0])
    if row is None:
        raise invalid_id("woocommerce_rest_shop_coupon_invalid_id")
    return sent(arguments, people.coupon(row.source, call.site.printer(arguments["dp"])))


def _posts(
    call: Call,
    arguments: Arguments,
    listing: Listing,
    *,
    kind: str,
    write_row: Callable[[Row], Document],
    filters: list[Filter],
) -> Answer:
    zone = call.site.settings.zone()
    if arguments["exclude"]:
        filters.append(excluding(arguments["exclude"]))
    if arguments["search"]:
        words = arguments["search"].lower()
        filters.append((("search", words), lambda row: words in row.title.lower()))
    orderby = arguments["orderby"] if arguments["orderby"] in ORDERBY else "id"
    wanted = Wanted(
        orderby,
        arguments["order"] == "desc",
        filters=tuple(filters),
        bounds=tuple(bounds(arguments, zone, by_moment=False)),
        include=arguments["include"],
        zone=zone,
    )
    return listed(call, arguments, listing.find(wanted), kind=kind, write_row=write_row)


SINGLE: Mapping[str, Argument] = {**FIELDS, "dp": Absolute()}
ROUTES = (
    Route("/wc/v3/products", PRODUCTS, _products),
    Route(r"/wc/v3/products/(\d+)", SINGLE, _product, single=True),
    Route(r"/wc/v3/products/(\d+)/variations", VARIATIONS, _variations),
    Route(r"/wc/v3/products/(\d+)/variations/(\d+)", SINGLE, _variation, single=True),
    Route("/wc/v3/coupons", COUPONS, _coupons),
    Route(r"/wc/v3/coupons/(\d+)", SINGLE, _coupon, single=True),
)
