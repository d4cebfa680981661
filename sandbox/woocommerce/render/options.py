"""The options of a site, group by group, as its settings pages have them."""

from sandbox.woocommerce.errors import WpError
from sandbox.woocommerce.render.base import SYMBOLS, Document
from sandbox.woocommerce.site import Site

GROUPS = {"general": "General", "products": "Products", "tax": "Tax", "wc_admin": "WooCommerce Admin"}
COUNTRIES = {
    "all": "Sell to all countries",
    "all_except": "Sell to all countries, except for&hellip;",
    "specific": "Sell to specific countries",
}
TAX_DISPLAY = {"incl": "Including tax", "excl": "Excluding tax"}


def options(site: Site, group: str) -> list[Document]:
    """The settings of a group; switches say "yes" and "no"."""
    makers = {"general": _general, "tax": _tax, "products": _products, "wc_admin": _admin}
    if group not in makers:
        raise WpError(404, "rest_setting_setting_group_invalid", message="Invalid setting group.")
    base = f"{site.home}/wp-json/wc/v3/settings/{group}"
    return [
        {
            "id": f"woocommerce_{name}",
            "label": label,
            "description": "",
            "type": kind,
            "default": default,
            "tip": "",
            "value": value,
            **({"options": options} if options is not None else {}),
            "group_id": group,
            "_links": {
                "self": [{"href": f"{base}/woocommerce_{name}"}],
                "collection": [{"href": base}],
            },
        }
        for name, label, kind, default, value, options in makers[group](site)
    ]


Option = tuple[str, str, str, object, object, dict[str, str] | None]


def _general(site: Site) -> list[Option]:
    shop = site.shop
    currencies = {code: f"{code} ({symbol})" for code, symbol in SYMBOLS.items()}
    return [
        ("store_address", "Address line 1", "text", "", "Hauptstraße 1", None),
        ("store_city", "City", "text", "", "Berlin", None),
        (
            "default_country",
            "Country / State",
            "select",
            "US:CA",
            shop.country_code,
            {shop.country_code: shop.country_code},
        ),
        ("allowed_countries", "Selling location(s)", "select", "all", "all", COUNTRIES),
        ("calc_taxes", "Enable taxes", "checkbox", "no", "yes", None),
        ("enable_coupons", "Enable coupons", "checkbox", "yes", "yes", None),
        ("currency", "Currency", "select", "USD", shop.currency, currencies),
        (
            "currency_pos",
            "Currency position",
            "select",
            "left",
            "right_space",
            {"left": "Left", "right_space": "Right with space"},
        ),
        ("price_thousand_sep", "Thousand separator", "text", ",", ".", None),
        ("price_decimal_sep", "Decimal separator", "text", ".", ",", None),
        ("price_num_decimals", "Number of decimals", "number", "2", str(site.settings.decimals), None),
    ]


def _tax(site: Site) -> list[Option]:
    included = "yes" if site.shop.taxes_included else "no"
    rounding = "yes" if site.shop.round_at_subtotal else "no"
    choice = {
        "yes": "Yes, I will enter prices inclusive of tax",
        "no": "No, I will enter prices exclusive of tax",
    }
    return [
        ("prices_include_tax", "Prices entered with tax", "radio", "no", included, choice),
        (
            "tax_based_on",
            "Calculate tax based on",
            "select",
            "shipping",
            "shipping",
            {"shipping": "Customer shipping address"},
        ),
        (
            "shipping_tax_class",
            "Shipping tax class",
            "select",
            "inherit",
            "inherit",
            {"inherit": "Based on cart items"},
        ),
        ("tax_round_at_subtotal", "Rounding", "checkbox", "no", rounding, None),
        ("tax_display_shop", "Display prices in the shop", "select", "excl", "incl", TAX_DISPLAY),
        (
            "tax_display_cart",
            "Display prices during cart and checkout",
            "select",
            "excl",
            "incl",
            TAX_DISPLAY,
        ),
        (
            "tax_total_display",
            "Display tax totals",
            "select",
            "itemized",
            "itemized",
            {"itemized": "Itemized"},
        ),
    ]


def _products(site: Site) -> list[Option]:
    return [
        ("weight_unit", "Weight unit", "select", "kg", "kg", {"kg": "kg", "g": "g"}),
        ("dimension_unit", "Dimensions unit", "select", "cm", "cm", {"cm": "cm", "m": "m"}),
        ("manage_stock", "Manage stock", "checkbox", "yes", "yes", None),
        ("hold_stock_minutes", "Hold stock (minutes)", "number", "60", "60", None),
    ]


def _admin(site: Site) -> list[Option]:
    settings = site.settings
    usual = ["pending", "failed", "cancelled"]
    dates = {"date_created": "Date created", "date_paid": "Date paid", "date_completed": "Date completed"}
    return [
        (
            "excluded_report_order_statuses",
            "Excluded report order statuses",
            "multiselect",
            usual,
            settings.excluded_statuses,
            None,
        ),
        (
            "actionable_order_statuses",
            "Actionable order statuses",
            "multiselect",
            ["processing", "on-hold"],
            ["processing", "on-hold"],
            None,
        ),
        (
            "default_date_range",
            "Default Date Range",
            "text",
            "period=month&compare=previous_year",
            "period=month&compare=previous_year",
            None,
        ),
        ("date_type", "Date Type", "select", "date_paid", settings.date_type, dates),
    ]
