"""What the reports know, and since when: they are computed behind the orders' back, `analytics_lag` late."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from sandbox.business.model import ShopOrder
from sandbox.business.webshop.events import Emptied, ShopLife
from sandbox.business.webshop.living import apply, order_from
from sandbox.woocommerce.reports.stats import Stat, stats
from sandbox.woocommerce.site import Site

FIRST_PERSON = 1


def counted(site: Site, date_type: str | None = None) -> list[Stat]:
    """Rows of the orders that count, and of their refunds."""
    return _kept(site, f"counted {date_type}", excluding=True, date_type=date_type)


def all_rows(site: Site) -> list[Stat]:
    """Rows of orders of every status but drafts and the trash."""
    return _kept(site, "all", excluding=False, date_type=None)


def people(site: Site) -> dict[str, tuple[int, datetime]]:
    """Buyers as Analytics numbers them, with the moment of their first order: not the users of the site."""
    known = site.derived.get("people")
    if known is None:
        known = {}
        for row in sorted(all_rows(site), key=lambda one: (one.created_at, one.order_id)):
            if row.parent_id == 0 and row.customer and row.customer not in known:
                known[row.customer] = (FIRST_PERSON + len(known), row.created_at)
        site.derived["people"] = known
    found: dict[str, tuple[int, datetime]] = known
    return found


def _kept(site: Site, name: str, *, excluding: bool, date_type: str | None) -> list[Stat]:
    known = site.derived.get(name)
    if known is None:
        settings = site.settings
        if not excluding:
            settings = replace(settings, excluded_statuses=[])
        if date_type is not None:
            settings = replace(settings, date_type=date_type)
        known = site.derived[name] = stats(_synchronised(site), settings)
    found: list[Stat] = known
    return found


def _synchronised(site: Site) -> Iterator[ShopOrder]:
    """The orders as they were when they were last looked at."""
    lag = site.settings.analytics_lag
    horizon = site.sandbox.now().timestamp() - lag
    for number, life in site.shop.shop_lives.items():
        order = site.shop.shop_orders.get(number)
        if not lag or all(event.at.timestamp() <= horizon for event in life.seen):
            if order is not None:
                yield order
        elif life.ordered.at.timestamp() <= horizon:
            earlier = _as_of(life, horizon)
            if earlier is not None:
                yield earlier


def _as_of(life: ShopLife, horizon: float) -> ShopOrder | None:
    order = order_from(life.ordered)
    for event in life.seen[1:]:
        if event.at.timestamp() <= horizon:
            if isinstance(event, Emptied):
                return None
            apply(order, event, life.ordered, refund_moves_order=True)
    return order
