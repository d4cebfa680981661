"""What a site says of itself: its index, its settings, the state of its system."""

from sandbox.woocommerce.arguments import Arguments
from sandbox.woocommerce.errors import WpError
from sandbox.woocommerce.render.base import SYMBOLS, number
from sandbox.woocommerce.render.options import GROUPS, options
from sandbox.woocommerce.routes.base import FIELDS, Answer, Call, Route, sent

NAMESPACES = ("oembed/1.0", "wc/store", "wc/store/v1", "wc/v1", "wc/v2", "wc/v3", "wc-analytics", "wp/v2")


def index(call: Call, arguments: Arguments) -> Answer:
    """The one page that says in which time zone a site lives; it is for everybody."""
    site = call.site
    settings = site.settings
    moment = site.sandbox.now().astimezone(settings.zone())
    offset = moment.utcoffset()
    hours = (offset.total_seconds() if offset else 0) / 3600
    named = bool(settings.timezone_string)
    return sent(
        arguments,
        {
            "name": site.shop.title,
            "description": "",
            "url": site.home,
            "home": site.home,
            # An offset that was chosen is an option's text; one that follows from a place is computed.
            "gmt_offset": number(hours) if named else str(number(hours)),
            "timezone_string": settings.timezone_string,
            "page_for_posts": 0,
            "page_on_front": 0,
            "show_on_front": "posts",
            "namespaces": list(NAMESPACES),
            "authentication": [],
            "routes": {},
            "site_logo": 0,
            "site_icon": 0,
            "site_icon_url": "",
            "_links": {"help": [{"href": "https://developer.wordpress.org/rest-api/"}]},
        },
    )


def _groups(call: Call, arguments: Arguments) -> Answer:
    base = f"{call.site.home}/wp-json/wc/v3/settings"
    return sent(
        arguments,
        [
            {
                "id": name,
                "label": label,
                "description": "",
                "parent_id": "",
                "sub_groups": [],
                "_links": {"options": [{"href": f"{base}/{name}"}]},
            }
            for name, label in GROUPS.items()
        ],
    )


def _group(call: Call, arguments: Arguments) -> Answer:
    return sent(arguments, options(call.site, call.parts[0]))


def _option(call: Call, arguments: Arguments) -> Answer:
    group, name = call.parts
    for option in options(call.site, group):
        if option["id"] == name:
            return sent(arguments, option)
    raise WpError(404, "rest_setting_setting_invalid", message="Invalid setting.")


def _system(call: Call, arguments: Arguments) -> Answer:
    site = call.site
    settings, shop = site.settings, site.shop
    environment = {
        "home_url": site.home,
        "site_url": site.home,
        "version": settings.wc_version,
        "wp_version": settings.wp_version,
        "wp_multisite": False,
        "wp_memory_limit": 268435456,
        "wp_debug_mode": settings.prints_notices,
        "wp_cron": True,
        "language": "de_DE",
        "server_info": "nginx/1.24.0",
        "php_version": "8.2.28",
        "mysql_version": "10.11.11-MariaDB",
        "default_timezone": "UTC",
    }
    system = {
        "environment": environment,
        "database": {"wc_database_version": settings.wc_version, "database_prefix": "wp_"},
        "active_plugins": [],
        "theme": {"name": "Storefront", "version": "4.6.1"},
        "settings": {
            "api_enabled": False,
            "force_ssl": settings.https,
            "currency": shop.currency,
            "currency_symbol": SYMBOLS.get(shop.currency, shop.currency),
            "currency_position": "right_space",
            "thousand_separator": ".",
            "decimal_separator": ",",
            "number_of_decimals": settings.decimals,
            "geolocation_enabled": False,
            "taxonomies": {
                "external": "external",
                "grouped": "grouped",
                "simple": "simple",
                "variable": "variable",
            },
            "HPOS_enabled": settings.hpos,
        },
        "security": {"secure_connection": settings.https, "hide_errors": not settings.prints_notices},
        "pages": [],
        "post_type_counts": [{"type": "shop_order_placehold", "count": str(len(shop.shop_orders))}],
    }
    return sent(arguments, system)


ROUTES = (
    Route("", FIELDS, index, needs="nothing"),
    Route("/wc/v3/settings", FIELDS, _groups, needs="manage"),
    Route(r"/wc/v3/settings/([\w-]+)", FIELDS, _group, needs="manage"),
    Route(r"/wc/v3/settings/([\w-]+)/([\w-]+)", FIELDS, _option, needs="manage", single=True),
    Route("/wc/v3/system_status", FIELDS, _system, needs="manage"),
)
