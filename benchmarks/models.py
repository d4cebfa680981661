"""The models from scratch: `dbt run` of orders and days against one hand-written script."""

from __future__ import annotations

from pathlib import Path

import warehouse
from benchmarks.databases import checkpoint, database
from benchmarks.dbt import dbt
from benchmarks.harness import Ratio, console, in_turn, stopwatch
from benchmarks.shops import Shop

COMMON = Path(__file__).with_name("handwritten.sql")
RAW, WORK = "bench_raw", "bench_models"

# Both sides' tables, compared column by column: the benchmark doubles as a second, independent computation.
ORDERS = (
    "order_key, store_key, customer_key, is_cancelled, is_deleted, is_placed, gross_sales, discounts, "
    "sales_reversals, net_sales, shipping, taxes, total_sales, reporting_net_sales, reporting_total_sales, "
    "paid_amount, refunded_amount, order_date"
)
DAYS = (
    "store_key, date_day, orders, gross_sales, discounts, sales_reversals, net_sales, shipping, taxes, tips, "
    "gift_cards_sold, total_sales, units, units_returned, average_order_value, net_sales_by_order, "
    "total_sales_by_order, new_customers, reporting_gross_sales, reporting_discounts, "
    "reporting_sales_reversals, reporting_net_sales, reporting_shipping, reporting_taxes, "
    "reporting_total_sales, reporting_net_sales_by_order, reporting_total_sales_by_order"
)


def run(shop: Shop, *, orders: int, repeat: int) -> list[Ratio]:
    """The ratio of the two, over a raw log of `orders` orders."""
    console.print(f"{shop.platform}: models over {orders:,} orders: filling the raw log")
    with database(RAW):
        shop.fill(range(1, orders + 1))
        seconds = in_turn(repeat, dbt_run=from_scratch, by_hand=lambda: _by_hand(shop))
        differences = _differences(shop)
    if differences:
        raise RuntimeError(f"{differences} rows differ between dbt's tables and the script's")
    return [
        Ratio(
            f"{shop.platform}: models from scratch / hand-written SQL",
            seconds["dbt_run"],
            seconds["by_hand"],
            "one SQL script, same two tables",
            at_most=3.0,
            notes=[f"{orders:,} orders; both sides' tables were compared and are equal"],
        )
    ]


def second_platform(shop: Shop, *, orders: int, repeat: int) -> list[Ratio]:
    """What the models of one platform cost beside the others', which have no data here, against alone."""
    console.print(f"{shop.platform}: models over {orders:,} orders, alone and beside the other platforms")
    with database(RAW):
        shop.fill(range(1, orders + 1))
        seconds = in_turn(
            repeat, beside=from_scratch, alone=lambda: from_scratch("--vars", f"platforms: [{shop.platform}]")
        )
    return [
        Ratio(
            f"{shop.platform}: models beside the other platforms / alone",
            seconds["beside"],
            seconds["alone"],
            f"platforms: [{shop.platform}]",
            at_most=1.1,
            notes=[f"{orders:,} orders; the other platforms' tables are empty"],
        )
    ]


def from_scratch(*words: str) -> float:
    """The seconds of `dbt run` of the two tables on a copy of the raw log."""
    with database(WORK, template=RAW):
        checkpoint()
        return dbt("run", "--select", "+fct_orders", "+agg_daily_summary", *words)


def _by_hand(shop: Shop) -> float:
    with database(WORK, template=RAW):
        checkpoint()
        return _script(shop)


def _script(shop: Shop) -> float:
    connection = warehouse.connect("owner")
    try:
        with stopwatch() as seconds, connection, connection.cursor() as cursor:
            cursor.execute(shop.script.read_text())
            cursor.execute(COMMON.read_text())
            cursor.execute("grant select on handwritten_orders, handwritten_days to transformer")
        return seconds()
    finally:
        connection.close()


def _differences(shop: Shop) -> int:
    """Rows that one side has and the other has not, over both tables."""
    with database(WORK, template=RAW):
        dbt("run", "--select", "+fct_orders", "+agg_daily_summary")
        _script(shop)
        connection = warehouse.connect("owner")
        try:
            with connection, connection.cursor() as cursor:
                count = 0
                for columns, ours, theirs in (
                    (ORDERS, "marts.fct_orders", "handwritten_orders"),
                    (DAYS, "marts.agg_daily_summary", "handwritten_days"),
                ):
                    cursor.execute(
                        f"select count(*) from ((select {columns} from {ours} except all "
                        f"select {columns} from {theirs}) union all (select {columns} from {theirs} "
                        f"except all select {columns} from {ours})) as d"
                    )
                    ((rows,),) = cursor.fetchall()
                    count += int(rows)
            return count
        finally:
            connection.close()
