"""`python -m sandbox`: build the practice world and serve it on this machine until told to stop."""

import argparse
import logging
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import uvicorn

from sandbox.business.golden import golden_world
from sandbox.business.marketing.scenario import golden_marketing
from sandbox.business.world import build_world
from sandbox.server import Server
from sandbox.shopify.cost import PLANS
from sandbox.state import Sandbox
from sandbox.vendors import with_stores

HOST = "127.0.0.1"
PORT = 8765


def main(arguments: list[str] | None = None) -> int:
    """Run the command."""
    options = _parser().parse_args(arguments)
    for told in (signal.SIGTERM, signal.SIGINT):
        # The web server raises the signal again once it has closed: being told to stop is no failure.
        signal.signal(told, lambda *_: sys.exit(0))
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    sandbox = Sandbox(_world(options), seed=options.seed)
    server = Server(sandbox, plan=options.plan)
    orders = sum(server.orders().values())
    shops = ", ".join(sandbox.world.stores)
    print(f"{orders:,} orders of {shops} as of {sandbox.now():%Y-%m-%d %H:%M} UTC (seed {options.seed})")
    print(f"sandbox listens on http://{HOST}:{options.port}", flush=True)
    config = uvicorn.Config(
        server.app(),
        host=HOST,
        port=options.port,
        log_level="warning",
        access_log=False,
        lifespan="off",
        date_header=False,
    )
    uvicorn.Server(config).run()
    return 0


def _world(options: argparse.Namespace) -> Any:
    if options.replay:
        # Reading Parquet needs a large library that nobody else here pays for.
        from sandbox.business.replay import replay_world  # noqa: PLC0415

        return replay_world(options.replay, options.platform, as_of=options.as_of)
    if options.golden:
        return golden_world()[0]
    if options.golden_marketing:
        return golden_marketing()[0]
    return build_world(options.orders, options.seed, options.as_of)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--orders", type=int, default=6000, help="orders in all, over about 400 days (6000)")
    parser.add_argument("--seed", type=int, default=7, help="another seed is another business (7)")
    parser.add_argument("--as-of", type=_moment, help="where the clock stands: a date, or a time with offset")
    parser.add_argument("--port", type=int, default=PORT, help=f"port on {HOST} ({PORT})")
    parser.add_argument(
        "--plan", choices=sorted(PLANS), default="advanced", help="how much the shops' plan allows"
    )
    parser.add_argument("--golden", action="store_true", help="serve the golden cases instead")
    parser.add_argument(
        "--golden-marketing", action="store_true", help="serve the golden cases of marketing instead"
    )
    parser.add_argument(
        "--replay", type=Path, metavar="FILE", help="serve real invoices from a Parquet file instead"
    )
    parser.add_argument("--platform", choices=with_stores(), default="shopify", help="for --replay")
    return parser


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is not None:
        return moment
    return moment.replace(hour=moment.hour or 6, tzinfo=UTC)


if __name__ == "__main__":
    sys.exit(main())
