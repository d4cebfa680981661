"""The models from scratch: `dbt run` of orders and days against one hand-written script."""

from __future__ import annotations

from pathlib import Path

import warehouse
from benchmarks import catalogue, documents
from benchmarks.databases import checkpoint, database
from benchmarks.dbt import dbt
from benchmarks.harness import Ratio, console, in_turn, stopwatch
from loaders.common import land_documents

SCRIPT = Path(__file__).with_name("handwritten.sql")
RAW, WORK = "bench_raw", "bench_models"

# Both sides' tables, compared column by column: the benchmark doubles as a second, independent computation.
ORDERS = (
    "order_key, store_key, customer_key, is_cancelled, is_deleted, is_placed, gross_sales, discounts, "
    "sales_reversals, net_sales, shipping, taxes, total_sales, paid_amount, refunded_amount, order_date"
)
DAYS = (
    "store_key, date_day, orders, gross_sales, discounts, sales_reversals, net_sales, shipping, taxes, tips, "
    "gift_cards_sold, total_sales, units, units_returned, average_order_value, net_sales_by_order, "
    "total_sales_by_order, new_customers"
)


def run(*, orders: int, repeat: int) -> list[Ratio]:
    """The ratio of the two, over a raw log of `orders` orders."""
    console.print(f"models over {orders:,} orders: filling the raw log")
    with database(RAW):
        fill(range(1, orders + 1))
        seconds = in_turn(repeat, dbt_run=_dbt_run, by_hand=_by_hand)
        differences = _differences()
    if differences:
        raise RuntimeError(f"{differences} rows differ between dbt's tables and the script's")
    return [
        Ratio(
            "models from scratch / hand-written SQL",
            seconds["dbt_run"],
            seconds["by_hand"],
            "one SQL script, same two tables",
            at_most=3.0,
            notes=[f"{orders:,} orders; both sides' tables were compared and are equal"],
        )
    ]


def fill(numbers: range) -> None:
    """Land the shop, its products and the orders of these numbers into the settings' database."""
    land_documents("shopify", "bench", "shop", [catalogue.shop()])
    products = range(1, documents.PRODUCTS + 1)
    land_documents("shopify", "bench", "products", (catalogue.product(n) for n in products))
    land_documents("shopify", "bench", "orders", (documents.order(n) for n in numbers))


def _dbt_run() -> float:
    with database(WORK, template=RAW):
        checkpoint()
        return dbt("run", "--select", "+fct_orders", "+agg_daily_summary")


def _by_hand() -> float:
    with database(WORK, template=RAW):
        checkpoint()
        return _script()


def _script() -> float:
    connection = warehouse.connect("owner")
    try:
        with stopwatch() as seconds, connection, connection.cursor() as cursor:
            cursor.execute(SCRIPT.read_text())
            cursor.execute("grant select on handwritten_orders, handwritten_days to transformer")
        return seconds()
    finally:
        connection.close()


def _differences() -> int:
    """Rows that one side has and the other has not, over both tables."""
    with database(WORK, template=RAW):
        dbt("run", "--select", "+fct_orders", "+agg_daily_summary")
        _script()
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
