"""`python -m benchmarks [NAME ...]`: each promise as a ratio, with its seconds, side by side in one run."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable

os.environ.setdefault("RUNTIME__DLTHUB_TELEMETRY", "false")

from benchmarks import bulk, http, increment, landing, models, restated, shopify, woocommerce
from benchmarks.harness import Ratio, console, report
from benchmarks.shops import Shop

SHOPS = {shop.platform: shop for shop in (shopify.SHOP, woocommerce.SHOP)}

# What is measured of every platform, and of one of them; the size is the number of orders.
OF_EVERY: dict[str, Callable[[Shop, int, int], list[Ratio]]] = {
    "landing": lambda shop, size, repeat: landing.run(shop, orders=size, repeat=repeat),
    "models": lambda shop, size, repeat: models.run(shop, orders=size, repeat=repeat),
    "beside": lambda shop, size, repeat: models.second_platform(shop, orders=size, repeat=repeat),
    "increment": lambda shop, size, repeat: increment.run(
        shop, short=size // 2, long=size * 5, repeat=repeat
    ),
}
OF_ONE: dict[str, tuple[str, Callable[[int, int], list[Ratio]]]] = {
    "bulk": ("shopify", lambda size, repeat: bulk.run(orders=size // 5, repeat=repeat)),
    "http": ("woocommerce", lambda size, repeat: http.run(orders=size // 20, repeat=min(repeat, 3))),
    # as many ads as a large account has, beside as many orders
    "restated": ("google_ads", lambda size, repeat: restated.run(ads=size // 200, repeat=repeat)),
}
PLATFORMS = list(dict.fromkeys([*SHOPS, *(platform for platform, _ in OF_ONE.values())]))


def main() -> int:
    """Run the benchmarks and print the ratios; 1 where a limit was not met."""
    names = [*OF_EVERY, *OF_ONE]
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"{', '.join(names)}; all without a name")
    parser.add_argument("--platform", choices=PLATFORMS, action="append", help="only this one (repeatable)")
    parser.add_argument("--orders", type=int, default=100_000, help="orders to land and to model")
    parser.add_argument("--repeat", type=int, default=5, help="rounds; medians are taken over them")
    arguments = parser.parse_args()
    if unknown := set(arguments.names) - set(names):
        parser.error(f"there is no benchmark {', '.join(sorted(unknown))}; known: {', '.join(names)}")
    ratios: list[Ratio] = []
    platforms = arguments.platform or PLATFORMS
    for name in arguments.names or names:
        if name in OF_EVERY:
            for platform in [one for one in platforms if one in SHOPS]:
                ratios += OF_EVERY[name](SHOPS[platform], arguments.orders, arguments.repeat)
        elif OF_ONE[name][0] in platforms:
            ratios += OF_ONE[name][1](arguments.orders, arguments.repeat)
    console.print()
    report(ratios)
    return 0 if all(one.met for one in ratios) else 1


if __name__ == "__main__":
    sys.exit(main())
