"""Writing into the raw log by hand, as the loader would: rows first, the load's own record last."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg2.extensions import connection as Connection
from psycopg2.extras import execute_values

RESOURCES = {
    "shopify": (
        "shop",
        "orders",
        "customers",
        "products",
        "inventory_items",
        "locations",
        "abandoned_checkouts",
        "discount_codes",
        "sales_reports",
        "order_reports",
    ),
    "ecb": ("exchange_rates",),
    "ga4": ("properties", "session_reports", "purchase_reports"),
    "google_ads": (
        "customers",
        "campaigns",
        "ad_groups",
        "ads",
        "conversion_actions",
        "ad_reports",
        "conversion_reports",
    ),
    "meta_ads": ("ad_accounts", "campaigns", "ad_sets", "ads", "insights"),
    "tiktok_ads": ("advertisers", "ad_reports"),
    "woocommerce": (
        "settings",
        "orders",
        "products",
        "customers",
        "coupons",
        "taxes",
        "revenue_reports",
        "order_reports",
    ),
}

_loads = itertools.count(1)


@dataclass(frozen=True)
class Version:
    """One row of the raw log; a document of None is a tombstone, text is landed as it is."""

    account: str
    resource: str
    id: str
    document: dict[str, Any] | str | None
    updated_at: datetime | None
    observed_at: datetime
    platform: str = "shopify"

    def row(self, load: str) -> tuple[object, ...]:
        text = self.document
        if isinstance(text, dict):
            text = json.dumps(text, sort_keys=True, separators=(",", ":"))
        digest = hashlib.md5(text.encode()).hexdigest() if text is not None else "deleted"
        deleted = text is None
        return (self.account, self.id, self.updated_at, self.observed_at, deleted, text, digest, load)


def create(connection: Connection, platform: str = "shopify") -> None:
    """The empty raw tables of a platform, with the loader's indexes; what is there is dropped first."""
    schema = f"raw_{platform}"
    with connection, connection.cursor() as cursor:
        cursor.execute(f"create schema if not exists {schema}")
        cursor.execute(f"grant usage on schema {schema} to transformer")
        for resource in RESOURCES[platform]:
            cursor.execute(f"drop table if exists {schema}.{resource} cascade")
            cursor.execute(
                f"create table {schema}.{resource} (account_id text, id text, updated_at timestamptz, "
                "observed_at timestamptz, is_deleted boolean, document text, document_hash text, "
                "_dlt_load_id text)"
            )
            cursor.execute(f"create index on {schema}.{resource} (account_id, id)")
            cursor.execute(f"create index on {schema}.{resource} (_dlt_load_id)")
        cursor.execute(f"drop table if exists {schema}._dlt_loads cascade")
        cursor.execute(
            f"create table {schema}._dlt_loads (load_id text, schema_name text, status bigint, "
            "inserted_at timestamptz, schema_version_hash text)"
        )


def land(connection: Connection, versions: Iterable[Version], *, complete: bool = True) -> str:
    """Land the versions as one load; an incomplete one has its rows but no record yet. Returns its id."""
    load = f"{next(_loads):010d}.5"
    by_table: dict[str, list[tuple[object, ...]]] = {}
    for version in versions:
        by_table.setdefault(f"raw_{version.platform}.{version.resource}", []).append(version.row(load))
    with connection, connection.cursor() as cursor:
        for table, rows in by_table.items():
            execute_values(cursor, f"insert into {table} values %s", rows)
    if complete:
        finish(connection, load)
    return load


def finish(connection: Connection, load: str) -> None:
    """Commit the record that makes a load complete; the same id serves every platform that has a log."""
    with connection, connection.cursor() as cursor:
        for platform in RESOURCES:
            cursor.execute("select to_regclass(%s)", (f"raw_{platform}._dlt_loads",))
            if cursor.fetchone() != (None,):
                row = (load, platform)
                cursor.execute(f"insert into raw_{platform}._dlt_loads values (%s, %s, 0, now(), 'x')", row)
