"""`python -m benchmarks [NAME ...]`: each promise as a ratio, with its seconds, side by side in one run."""

from __future__ import annotations

import argparse
import os
import sys

os.environ.setdefault("RUNTIME__DLTHUB_TELEMETRY", "false")

from benchmarks import bulk, increment, landing, models
from benchmarks.harness import Ratio, console, report


def main() -> int:
    """Run the benchmarks and print the ratios; 1 where a limit was not met."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "names", nargs="*", default=[], help="landing, bulk, models, increment; all without a name"
    )
    parser.add_argument("--orders", type=int, default=100_000, help="orders to land and to model")
    parser.add_argument("--repeat", type=int, default=5, help="rounds; medians are taken over them")
    arguments = parser.parse_args()
    ratios: list[Ratio] = []
    if not arguments.names or "landing" in arguments.names:
        ratios += landing.run(orders=arguments.orders, repeat=arguments.repeat)
    if not arguments.names or "bulk" in arguments.names:
        ratios += bulk.run(orders=arguments.orders // 5, repeat=arguments.repeat)
    if not arguments.names or "models" in arguments.names:
        ratios += models.run(orders=arguments.orders, repeat=arguments.repeat)
    if not arguments.names or "increment" in arguments.names:
        ratios += increment.run(
            short=arguments.orders // 2, long=arguments.orders * 5, repeat=arguments.repeat
        )
    console.print()
    report(ratios)
    return 0 if all(one.met for one in ratios) else 1


if __name__ == "__main__":
    sys.exit(main())
