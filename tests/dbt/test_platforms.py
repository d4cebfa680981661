"""What a platform has to bring, and what happens where it does not."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from tests.dbt import conftest
from tests.dbt.conftest import House
from tests.dbt.documents import OrderDocument, gid, shop
from tests.dbt.rawlog import Version, land
from tests.dbt.web_documents import WebOrder, site

AT = datetime(2026, 6, 1, 10, tzinfo=UTC)


def shopify_shop() -> list[Version]:
    order = OrderDocument(1, AT, customer=1)
    order.sale("12.00", line=order.line("10.00"), quantity=1, tax="2.00")
    order.agree("Order", AT)
    body = shop("harbour", zone="Europe/London", currency="EUR", updated_at=AT)
    return [
        Version("harbour", "shop", gid("Shop", 1), body, AT, AT),
        Version("harbour", "orders", order.id, order.document(), AT, AT),
    ]


def test_a_platform_that_lacks_a_column_fails_the_build_by_name(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = tmp_path / "dbt_project"
    shutil.copytree(conftest.PROJECT, project, ignore=shutil.ignore_patterns("target", "logs"))
    page = project / "models/intermediate/core/int_woocommerce__stores.sql"
    page.write_text(page.read_text().replace("    is_tax_included,\n", ""))
    land(house.raw, [*shopify_shop(), site("linden", AT)])
    house.dbt("run", "--select", "+int_shopify__stores", "stg_woocommerce__settings")
    monkeypatch.setattr(conftest, "PROJECT", project)
    monkeypatch.setattr(house, "manifest", None)
    result = house.dbt("run", "--select", "+int_stores_unioned", check=False)

    assert not result.success
    said = conftest.failures(result)
    assert "int_woocommerce__stores has no column is_tax_included" in said
    assert "int_stores_unioned takes it from every platform" in said


def test_a_house_without_a_web_shop_builds(house: House) -> None:
    house.rows("drop schema raw_woocommerce cascade")
    land(house.raw, shopify_shop())
    house.build()
    assert house.rows("select distinct platform from marts.fct_sales") == [("shopify",)]


def test_a_house_of_web_shops_alone_builds(house: House) -> None:
    for platform in ("shopify", "ga4", "google_ads", "meta_ads", "tiktok_ads"):
        house.rows(f"drop schema raw_{platform} cascade")
    order = WebOrder(1, AT)
    order.line("10.00", tax="1.90")
    land(house.raw, [site("linden", AT), order.version("linden", AT)])
    house.build()
    sold = house.rows("select platform, total_sales from marts.fct_orders")
    assert sold == [("woocommerce", Decimal("11.90"))]
