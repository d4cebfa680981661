"""Gates on publication: what a reader of the marts may count on.

dbt's tests prove the models; these judge what was published, from outside and in few queries. The ledger
and the orders are judged where the last day of observations changed them, the daily summary as a whole,
and against the ledger for its last weeks.
"""

from __future__ import annotations

from orchestration.gates.engine import Gate, Rule

SCHEMA = "marts"
RECENT_DAYS = 35

EVENT_TYPES = ["order", "edit", "return", "refund", "adjustment"]
LINE_TYPES = ["product", "gift_card", "shipping", "duty", "fee", "tip", "adjustment"]

CURRENCY = Rule(
    "every row names its currency by its three-letter code",
    "expect_column_values_to_match_regex",
    {"column": "currency_code", "regex": "^[A-Z]{3}$"},
)
NET = "sum(net_amount) filter (where line_type in ('product', 'adjustment'))"
LEDGER_DAYS = f"""
select store_key, booked_date as date_day, coalesce({NET}, 0) as net_sales
from marts.fct_sales
where counts_as_sale and booked_date > (select max(date_day) - {RECENT_DAYS} from marts.agg_daily_summary)
group by 1, 2
"""

CHANNEL_DAYS = (
    f"{SCHEMA}.agg_daily_channel where date_day > (select max(date_day) - {RECENT_DAYS} "
    f"from {SCHEMA}.agg_daily_channel)"
)
SPEND_DAYS = f"""
select scope_key, date_day, sum(reporting_spend_amount) as spend
from {SCHEMA}.fct_ad_spend
where date_day > (select max(date_day) - {RECENT_DAYS} from {SCHEMA}.agg_daily_channel)
group by 1, 2
having count(*) = count(reporting_spend_amount)
"""


def mart_gates() -> list[Gate]:
    """The gates on the marts."""
    return [_ledger(), _orders(), _daily_summary(), _customers(), _stores(), _ad_spend(), _channels()]


def _ledger() -> Gate:
    rules = [
        _never_null("currency_code"),
        CURRENCY,
        _one_of("event_type", EVENT_TYPES),
        _one_of("line_type", LINE_TYPES),
        Rule.no_rows(
            "net is gross less discount, total is net and tax",
            "select sale_key, gross_amount, discount_amount, net_amount, tax_amount, total_amount "
            "from {batch} where net_amount <> gross_amount - discount_amount "
            "or total_amount <> net_amount + tax_amount",
        ),
        Rule.no_rows(
            "nothing is booked before its order was placed",
            "select sale_key, order_date, booked_date from {batch} where booked_date < order_date",
            severity="warn",
        ),
    ]
    return Gate(SCHEMA, "fct_sales", rules, ["sale_key"], _recent("fct_sales"))


def _orders() -> Gate:
    rules = [
        _never_null("order_date"),
        _never_null("currency_code"),
        CURRENCY,
        Rule.no_rows(
            "an order's total in the ledger, adjustments apart, is the platform's current total",
            "select order_key, order_name, ledger_total_amount, platform_total_amount from {batch} "
            "where not is_deleted and ledger_total_amount is distinct from platform_total_amount",
        ),
    ]
    return Gate(SCHEMA, "fct_orders", rules, ["order_key"], _recent("fct_orders"))


def _daily_summary() -> Gate:
    keys = ["store_key", "date_day"]
    rules = [
        Rule("one row per store and day", "expect_compound_columns_to_be_unique", {"column_list": keys}),
        _never_null("currency_code"),
        CURRENCY,
        Rule.no_rows(
            "total sales is net sales with shipping, taxes, duties and fees",
            "select store_key, date_day, net_sales, total_sales from {batch} "
            "where total_sales <> net_sales + shipping + taxes + duties + fees",
        ),
        Rule.no_rows(
            f"the net sales of the last {RECENT_DAYS} days are the ledger's",
            "select store_key, date_day, day.net_sales, ledger.net_sales as ledger_net_sales "
            f"from ({LEDGER_DAYS}) ledger left join {{batch}} day using (store_key, date_day) "
            "where day.net_sales is distinct from ledger.net_sales",
        ),
    ]
    return Gate(SCHEMA, "agg_daily_summary", rules, keys, f"select * from {SCHEMA}.agg_daily_summary")


def _customers() -> Gate:
    rules = [
        Rule("one row per customer", "expect_column_values_to_be_unique", {"column": "customer_key"}),
        _one_of("segment", ["low", "medium", "high", "vip"]),
    ]
    return Gate(SCHEMA, "dim_customer", rules, ["customer_key"], f"select * from {SCHEMA}.dim_customer")


def _stores() -> Gate:
    rules = [
        Rule("there is a store", "expect_table_row_count_to_be_between", {"min_value": 1}),
        _never_null("currency_code"),
    ]
    return Gate(SCHEMA, "dim_store", rules, ["store_key"], f"select * from {SCHEMA}.dim_store")


def _ad_spend() -> Gate:
    rules = [
        _never_null("currency_code"),
        CURRENCY,
        Rule.no_rows(
            "nothing costs less than nothing",
            "select ad_spend_key, date_day, spend_amount from {batch} where spend_amount < 0",
            severity="warn",
        ),
    ]
    return Gate(SCHEMA, "fct_ad_spend", rules, ["ad_spend_key"], _recent("fct_ad_spend"))


def _channels() -> Gate:
    rules = [
        Rule.no_rows(
            f"the ad spend of the last {RECENT_DAYS} days is that of the accounts",
            f"select scope_key, date_day, accounts.spend, channels.spend as of_channels from ({SPEND_DAYS}) "
            "accounts left join (select scope_key, date_day, sum(reporting_ad_spend) as spend from {batch} "
            "group by 1, 2) channels using (scope_key, date_day) "
            "where channels.spend is distinct from accounts.spend",
        ),
        Rule.no_rows(
            f"the sales of the channels are those of the store in the last {RECENT_DAYS} days",
            "select day.store_key, day.date_day, channels.sales, day.reporting_total_sales from "
            "(select scope_key, date_day, sum(reporting_total_sales) as sales from {batch} group by 1, 2) "
            f"channels inner join {SCHEMA}.agg_daily_summary day "
            "on day.store_key = channels.scope_key and day.date_day = channels.date_day "
            "where channels.sales <> day.reporting_total_sales",
        ),
    ]
    keys = ["scope_key", "date_day", "channel_group"]
    return Gate(SCHEMA, "agg_daily_channel", rules, keys, f"select * from {CHANNEL_DAYS}")


def _recent(table: str) -> str:
    """The rows whose documents were read in the last day before the newest of them."""
    newest = f"select max(observed_at) - interval '1 day' from {SCHEMA}.{table}"
    return f"select * from {SCHEMA}.{table} where observed_at > ({newest})"


def _never_null(column: str) -> Rule:
    name = column.replace("_", " ")
    return Rule(f"{name} is never empty", "expect_column_values_to_not_be_null", {"column": column})


def _one_of(column: str, values: list[str]) -> Rule:
    name = column.replace("_", " ")
    return Rule(
        f"{name} is one of the known ones",
        "expect_column_values_to_be_in_set",
        {"column": column, "value_set": values},
    )
