"""What the reports know, and since when: they are computed behind the orders' back, `analytics_lag` late."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from sandbox.business.model import ShopOrder
from sandbox.business.webshop.events import Emptied, ShopLife
from sandbox.business.webshop.living import apply, order_from
from sandbox.woocommerce.dates import wall
from sandbox.woocommerce.reports.stats import Stat, stats
from sandbox.woocommerce.site import Site

FIRST_PERSON = 1


@dataclass(frozen=True)
class Dated:
    """Rows by the site's wall clock, which says on which day each of them counts."""

    rows: Sequence[Stat]
    walls: Sequence[datetime]

    def between(self, after: datetime, before: datetime) -> Iterator[tuple[datetime, Stat]]:
        """The rows from one moment of the wall clock to another, both included, the oldest first."""
        first, last = bisect_left(self.walls, after), bisect_right(self.walls, before)
        return zip(self.walls[first:last], self.rows[first:last], strict=True)


def counted(site: Site, date_type: str | None = None) -> Dated:
    """Rows of the orders that count, and of their refunds."""
    return _kept(site, f"counted {date_type}", excluding=True, date_type=date_type)


def all_rows(site: Site) -> Dated:
    """Rows of orders of every status but drafts and the trash."""
    return _kept(site, "all", excluding=False, date_type=None)


def people(site: Site) -> dict[str, tuple[int, datetime]]:
    """Buyers as Analytics numbers them, with the moment of their first order: not the users of the site."""
    known = site.derived.get("people")
    if known is None:
        known = {}
        for row in sorted(all_rows(site).rows, key=lambda one: (one.created_at, one.order_id)):
            if row.parent_id == 0 and row.customer and row.customer not in known:
                known[row.customer] = (FIRST_PERSON + len(known), row.created_at)
        site.derived["people"] = known
    found: dict[str, tuple[int, datetime]] = known
    return found


def _kept(site: Site, name: str, *, excluding: bool, date_type: str | None) -> Dated:
    known = site.derived.get(name)
    if known is None:
        settings = site.settings
        if not excluding:
            settings = replace(settings, excluded_statuses=[])
        if date_type is not None:
            settings = replace(settings, date_type=date_type)
        known = site.derived[name] = _dated(stats(_synchronised(site), settings), settings.zone())
    found: Dated = known
    return found


def _dated(rows: Iterable[Stat], zone: tzinfo) -> Dated:
    found = [(wall(row.reported_at, zone), row) for row in rows if row.reported_at is not None]
    found.sort(key=lambda one: (one[0], one[1].order_id))
    return Dated([row for _, row in found], [at for at, _ in found])


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
