"""Days of stores and of channels: what marketing cost and brought, worked out from what happened alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Any

from sandbox.business.ledger import DailyRow
from sandbox.ecb.calendar import last_fixing
from sandbox.ecb.rates import CURRENCIES
from tests.end_to_end.advertising import channel_of
from tests.end_to_end.analytics import first_of
from tests.end_to_end.causes import attributed, is_noted
from tests.end_to_end.figures import Figures, Key, read
from tests.end_to_end.happened import Happened
from tests.end_to_end.people import newcomers

CARRIED = range(8)  # days that a rate stands for, where there is none of them
RATE, RATIO = Decimal("0.000000000001"), Decimal("0.0001")  # how exactly rates and ratios are told
SUMMARY = """
select store.account_id, day.date_day, day.orders, day.sessions, day.web_purchases, day.visible_orders,
    day.matched_orders, day.web_properties, day.match_rate, day.visible_match_rate, day.new_customers,
    day.ad_accounts, day.reporting_ad_spend, day.reporting_net_sales, day.reporting_total_sales,
    day.conversion_rate, day.blended_roas, day.cac
from marts.agg_daily_summary as day inner join marts.dim_store as store on day.store_key = store.store_key
"""
CHANNEL = """
select store.account_id, day.date_day, day.channel_group, day.orders, day.sessions, day.web_purchases,
    day.visible_orders, day.matched_orders, day.web_properties, day.match_rate, day.visible_match_rate,
    day.new_customers, day.ad_accounts, day.reporting_ad_spend, day.reporting_net_sales,
    day.reporting_total_sales, day.conversion_rate, day.roas, day.cac, day.engaged_sessions, day.impressions,
    day.clicks
from marts.agg_daily_channel as day inner join marts.dim_store as store on day.store_key = store.store_key
"""


def compared(happened: Happened) -> Iterator[tuple[str, Figures, Figures]]:
    """Days, and days by channel, with what they have to be and what marts say."""
    totals = Totals(happened)
    days, channels = read(SUMMARY, key=2), read(CHANNEL, key=3)
    yield "day", {key: totals.of(*key) for key in days.keys() | totals.days}, days
    yield "channel", {key: totals.of(*key) for key in channels.keys() | totals.channels}, channels


class Totals:
    """Counts and money by store, day and channel; money in euros."""

    def __init__(self, happened: Happened) -> None:
        self.happened = happened
        self.counts: dict[Key, Counter[str]] = defaultdict(Counter)
        self.spend: dict[Key, Decimal] = defaultdict(Decimal)
        self.sold: dict[Key, DailyRow] = {}
        self.told: Counter[Key] = Counter()
        fixings = happened.fixings.until(last_fixing(happened.now))
        self._rates = {fixing.day: fixing.rates for fixing in fixings}
        self._visited()
        self._advertised()
        self._bought()
        self._booked()

    @property
    def channels(self) -> set[Key]:
        """What anything happened in, by store, day and channel."""
        return self.counts.keys() | self.spend.keys() | self.sold.keys()

    @property
    def days(self) -> set[Key]:
        """What anything happened on, by store and day."""
        return {key[:2] for key in self.channels}

    def of(self, store: str, day: date, channel: str | None = None) -> tuple[Any, ...]:
        """Everything of a day, or of one channel on it."""
        whole = self._by_day.get((store, day), [])
        keys = whole if channel is None else [(store, day, channel)]
        counts = sum((self.counts[key] for key in keys if key in self.counts), Counter())
        is_measured = (store, day) in self.happened.hits
        sessions = counts["sessions"] if is_measured else None
        orders, matched, visible = (counts[name] for name in ("orders", "matched_orders", "visible_orders"))
        rates = (_ratio(matched, all_) if is_measured else None for all_ in (orders, visible))
        accounts = self.told[store, day]
        spend = sum((self.spend[key] for key in keys if key in self.spend), Decimal(0)) if accounts else None
        rows = [self.sold[key] for key in keys if key in self.sold]
        net, total = (
            sum((self._priced(getattr(row, name), row.currency_code, day) for row in rows), Decimal(0))
            for name in ("net_sales", "total_sales")
        )
        shown = (
            orders, sessions, counts["web_purchases"], visible, matched, int(is_measured), *rates,
            counts["new_customers"], accounts, spend, net, total,
            _ratio(orders, sessions), _ratio(total, spend), _ratio(spend, counts["new_customers"]),
        )  # fmt: skip
        by_channel = (counts["engaged"] if is_measured else None, counts["impressions"], counts["clicks"])
        return (*shown, *(by_channel if channel is not None else ()))

    def _visited(self) -> None:
        for (store, day), hits in self.happened.hits.items():
            for hit in hits:
                counts = self.counts[store, day, hit.visit.channel_group]
                counts.update(sessions=1, engaged=hit.visit.engaged)
        for (store, transaction), reports in self.happened.reports.items():
            # an id once, however often it comes; those without one are all different
            for report in [first_of(reports)] if transaction else reports:
                self.counts[store, report.day, report.visit.channel_group]["web_purchases"] += 1

    def _advertised(self) -> None:
        for account in self.happened.marketing.accounts:
            for day in self.happened.days(account.zone):
                self.told[account.store, day] += 1
                for row in self.happened.marketing.delivery(account, day):
                    key = (account.store, day, channel_of(row.campaign))
                    self.spend[key] += self._priced(row.cost, account.currency, day)
                    self.counts[key].update(impressions=row.impressions, clicks=row.clicks)

    def _bought(self) -> None:
        """An order is in the channel that it is attributed to, which is compared by itself."""
        self._ways = {order: row["channel_group"] for order, row in attributed().items()}
        for order, day in self.happened.placed.items():
            matched = bool(self.happened.reports_of(*order))
            # its way was to be seen where analytics has it, or the shop noted the visit
            noted = self.happened.journeys[order] is not None and is_noted(self.happened, order)
            self.counts[order[0], day, self._ways[order]].update(
                orders=1, matched_orders=matched, visible_orders=matched or noted
            )
        for order, day in newcomers(self.happened).items():
            self.counts[order[0], day, self._ways[order]]["new_customers"] += 1

    def _booked(self) -> None:
        for store, shop in self.happened.world.stores.items():
            for row in self.happened.world.truth.ledger(store):
                if row.counts_as_sale:
                    channel = self._ways.get((store, row.order_id), "Unattributed")
                    key = (store, row.booked_date, channel)
                    self.sold.setdefault(key, DailyRow(row.booked_date, shop.currency)).add(row)

    @cached_property
    def _by_day(self) -> dict[Key, list[Key]]:
        found: dict[Key, list[Key]] = defaultdict(list)
        for key in self.channels:
            found[key[:2]].append(key)
        return found

    def _priced(self, amount: Decimal, currency: str, day: date) -> Decimal:
        """At the bank's last rate of the week before."""
        if currency == "EUR":
            return amount
        place = [one.code for one in CURRENCIES].index(currency)
        days = (day - timedelta(days=back) for back in CARRIED)
        rate = next(self._rates[one][place] for one in days if one in self._rates)
        return amount * (1 / Decimal(rate or 0)).quantize(RATE, ROUND_HALF_UP)


def _ratio(part: Decimal | int | None, whole: Decimal | int | None) -> Decimal | None:
    if part is None or not whole:
        return None
    return (Decimal(part) / Decimal(whole)).quantize(RATIO, ROUND_HALF_UP)
