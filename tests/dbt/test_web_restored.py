"""A web shop that was put back from a backup counts its items and refunds from where the backup ended."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from tests.dbt.conftest import House
from tests.dbt.odd_documents import AT
from tests.dbt.rawlog import Version, land
from tests.dbt.web_documents import WebOrder, catalogue_product, site

DAY = timedelta(days=1)
IDS = 501
SOLD = ("--select", "+fct_orders", "+fct_order_items", "path:models/staging/woocommerce")


def order(number: int, price: str) -> WebOrder:
    """Goods, shipping, a fee and a coupon, some of the goods given back; all orders have the same ids."""
    made = WebOrder(number, AT)
    line, freight = made.line(price, quantity=2, tax="3.80"), made.ship("5.00", tax="0.95")
    fee = made.fee("-1.00")
    made.coupons.append({"code": "spring", "discount": "0.00", "discount_tax": "0.00"})
    back = made.back(line, "10.00", quantity=1, tax="1.90")
    for offset, part in enumerate((line, freight, fee, made.coupons[0], back)):
        part["id"] = IDS + offset
    back["meta_data"][0]["value"] = str(IDS)
    made.refund("11.90", AT + DAY, back)["id"] = 9
    return made


def test_ids_of_items_that_come_twice_belong_to_their_orders(house: House) -> None:
    before = order(1, "20.00")
    land(house.raw, [site("linden", AT), before.version("linden", AT + DAY)])
    house.dbt("run", *SOLD)
    after = order(2, "40.00")
    before.status = "on-hold"
    before.updated_at = AT + 2 * DAY
    land(house.raw, [after.version("linden", AT + 2 * DAY), before.version("linden", AT + 2 * DAY)])
    house.build(*SOLD, "--indirect-selection", "buildable")
    columns = "order_id, net_sales, shipping, fees, taxes, total_sales, units, units_returned"
    assert house.rows(f"select {columns} from marts.fct_orders order by 1") == [
        ("1", *(Decimal(amount) for amount in ("10", "5", "-1", "2.85", "16.85")), 2, -1),
        ("2", *(Decimal(amount) for amount in ("30", "5", "-1", "2.85", "36.85")), 2, -1),
    ]
    items = "select count(distinct order_item_key), sum(net_sales), sum(current_quantity) "
    assert house.rows(items + "from marts.fct_order_items") == [(2, Decimal(40), 2)]
    for table in ("shipping_lines", "fees", "coupons", "taxes"):
        assert house.one(f"select count(*) from staging.stg_woocommerce__order_{table}") == 2


def test_an_id_in_two_products_is_what_was_changed_last(house: House) -> None:
    shirt, cap = catalogue_product(3, title="Shirt", variations=True), catalogue_product(30, title="Cap")
    shirt["variation_documents"][0]["date_modified_gmt"] = "2026-05-01T00:00:00"
    cap["date_modified_gmt"] = "2026-05-02T00:00:00"
    read = [(shirt, AT), (cap, AT + DAY)]
    products = [Version("linden", "products", str(one["id"]), one, at, at, "woocommerce") for one, at in read]
    land(house.raw, [site("linden", AT), *products])
    house.dbt("run", "--select", "+dim_product")
    assert house.rows("select product_id, product_title from marts.dim_product") == [("30", "Cap")]
    later = AT + 2 * DAY
    land(house.raw, [Version("linden", "products", "30", None, later, later, "woocommerce")])
    house.dbt("run", "--select", "+dim_product")
    assert house.rows("select variant_id, product_title from marts.dim_product") == [("30", "Shirt")]
