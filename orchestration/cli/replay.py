"""`make replay`: real transactions through the whole main job, checked against the file itself.

The practice shop serves the file as a shop; loaders, models and gates do not know that it is a replay. What
the marts say is then compared with the file read directly by a query of its own: same net sales in total
and by month, same orders, customers, lines and units sold, or the command fails. Each file has a database of
its own, named after its content, so a second replay of it meets its own data and must change no number.

What comes back is compared in money alone: a platform may book a credit note's lines together, or as an
amount, and its ledger has other rows than the file then.
"""

from __future__ import annotations

import hashlib
import io
import os
import socket
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import warehouse
from orchestration.cli import practice_shop
from orchestration.cli.console import console, failed, say, step
from orchestration.cli.errors import Refused
from orchestration.cli.main_job import main_job
from orchestration.platforms import platforms
from psycopg2.extensions import cursor as Cursor
from rich.table import Table
from warehouse import get_settings

STORE, ACCOUNT = "online-retail", "online_retail"
COLUMNS = ("Invoice", "StockCode", "Quantity", "InvoiceDate", "Price", "Customer ID")

FROM_THE_FILE = """
select to_char(moment, 'YYYY-MM') as month, sum(round(quantity * price, 2)) as net
from file group by 1 order by 1
"""
FILE_COUNTS = """
select
    count(distinct invoice) filter (where invoice not like 'C%'),
    count(distinct customer),
    count(*) filter (where quantity > 0 and invoice ~ '^[0-9]'),
    coalesce(sum(quantity) filter (where quantity > 0 and invoice ~ '^[0-9]'), 0)
from file
"""
FROM_THE_MARTS = """
select to_char(date_day, 'YYYY-MM') as month, sum(net_sales) as net
from marts.agg_daily_summary group by 1 having sum(net_sales) <> 0 order by 1
"""
MART_COUNTS = """
select
    (select coalesce(sum(orders), 0) from marts.agg_daily_summary),
    (
        select count(distinct sales.customer_key)
        from marts.fct_sales as sales
        inner join marts.dim_customer as customer on sales.customer_key = customer.customer_key
        where not customer.is_guest
    ),
    count(*),
    coalesce(sum(quantity), 0)
from marts.fct_sales
where event_type = 'order' and line_type = 'product' and quantity > 0
"""


@dataclass(frozen=True)
class Figures:
    """What a replay is judged by: net sales by month, orders placed, known customers, lines, units sold."""

    months: dict[str, Decimal]
    orders: int
    customers: int
    lines: int
    units: int


def replay(path: Path, *, platform: str) -> int:
    """Serve `path` from the practice shop, run the main job, compare; 0 when every figure is equal."""
    served = tomllib.loads(practice_shop.accounts())
    known = [one.name for one in platforms() if one.is_shop and one.name in served]
    if platform not in known:
        raise Refused(f"There is no practice shop of the platform {platform}; known: {', '.join(known)}")
    if not path.is_file():
        raise Refused(f"There is no file {path}. Usage: make replay DATA=<parquet> [PLATFORM=shopify]")
    _use_own_database(path, platform)
    step("warehouse", f"PostgreSQL, database {warehouse.database_name()}")
    warehouse.start()
    step("practice shop", f"serving {path.name} as a {platform} shop")
    url = f"http://127.0.0.1:{_free_port()}"
    log = get_settings().data_dir / "replay.log"
    with console.status("  reading the file …"):
        shop = practice_shop.start(
            ["--replay", str(path.resolve()), "--platform", platform], url=url, log=log
        )
    try:
        accounts_file = _accounts_file(platform, url)
        code = main_job(practice_shop.environment(url, accounts_file), accounts_file=accounts_file)
    finally:
        if shop.process:
            shop.process.terminate()
            shop.process.wait(30)
    if code:
        return code  # nothing was built, or what was built is known to be wrong
    step("compare", "the marts with the file, read directly")
    return 0 if compare(from_the_file(path), from_the_marts()) else 1


def from_the_file(path: Path) -> Figures:
    """The figures of the file itself, by SQL over its rows; shares no code with the practice shop."""
    table = pq.read_table(path, columns=list(COLUMNS))
    rows = pa.table({name: table.column(name).cast("string") for name in COLUMNS})
    buffer = io.BytesIO()
    pa_csv.write_csv(rows, buffer, pa_csv.WriteOptions(include_header=False))
    buffer.seek(0)
    connection = warehouse.connect("loader")
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(
                "create temporary table file (invoice text, stock_code text, quantity numeric, "
                "moment timestamp, price numeric, customer text) on commit drop"
            )
            cursor.copy_expert("copy file from stdin (format csv)", buffer)
            return _figures(cursor, FROM_THE_FILE, FILE_COUNTS)
    finally:
        connection.close()


def from_the_marts() -> Figures:
    """The same figures as the marts have them, read as `reader`."""
    connection = warehouse.connect("reader")
    try:
        with connection, connection.cursor() as cursor:
            return _figures(cursor, FROM_THE_MARTS, MART_COUNTS)
    finally:
        connection.close()


def compare(file: Figures, marts: Figures) -> bool:
    """Print both side by side; whether they are equal."""
    table = Table(show_edge=False, header_style="bold", pad_edge=False)
    for name in ("", "file", "marts", ""):
        table.add_column(name, justify="left" if not name else "right")
    rows: list[tuple[str, Decimal | int, Decimal | int]] = [
        (month, file.months.get(month, Decimal(0)), marts.months.get(month, Decimal(0)))
        for month in sorted(file.months.keys() | marts.months.keys())
    ]
    rows += [
        ("net sales", sum(file.months.values(), Decimal(0)), sum(marts.months.values(), Decimal(0))),
        ("orders placed", file.orders, marts.orders),
        ("customers", file.customers, marts.customers),
        ("lines sold", file.lines, marts.lines),
        ("units sold", file.units, marts.units),
    ]
    for name, theirs, ours in rows:
        same = theirs == ours
        table.add_row(
            name, f"{theirs:,}", f"{ours:,}", "[green]=[/]" if same else f"[red]{ours - theirs:+,}[/]"
        )
    console.print(table)
    equal = all(theirs == ours for _, theirs, ours in rows)
    if equal:
        say(f"\n[bold green]✓[/] every figure of the file is in the marts, to the penny: {rows[-5][1]:,}")
    else:
        failed("the marts differ from the file")
    return equal


def _figures(cursor: Cursor, months: str, counts: str) -> Figures:
    cursor.execute(months)
    by_month = {month: Decimal(net) for month, net in cursor.fetchall()}
    cursor.execute(counts)
    ((orders, customers, lines, units),) = cursor.fetchall()
    return Figures(by_month, int(orders), int(customers), int(lines), int(units))


def _use_own_database(path: Path, platform: str) -> None:
    with path.open("rb") as handle:
        digest = hashlib.file_digest(handle, "sha256").hexdigest()
    os.environ["WAREHOUSE_DATABASE"] = f"replay_{platform}_{digest[:8]}"
    get_settings.cache_clear()


def _accounts_file(platform: str, url: str) -> Path:
    """The replayed store as the practice shop's own accounts describe a store of the platform.

    What loads without an account of anybody's, as exchange rates, is read from the practice shop as well.
    """
    known = tomllib.loads(practice_shop.accounts(url))
    name, options = next(iter(known[platform].items()))
    tables = {f"{platform}.{ACCOUNT}": {key: value.replace(name, STORE) for key, value in options.items()}}
    tables |= {
        f"{one.name}.{name}": own
        for one in platforms()
        if one.has_default_accounts
        for name, own in known.get(one.name, {}).items()
    }
    lines = []
    for table, entries in tables.items():
        lines += [f"[{table}]", *(f'{key} = "{value}"' for key, value in entries.items())]
    path = get_settings().data_dir / f"{warehouse.database_name()}.toml"
    path.write_text("\n".join([*lines, ""]))
    return path


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
