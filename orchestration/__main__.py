"""`python -m orchestration demo|run|replay|dev|stop|touched`: the main job from the command line."""

from __future__ import annotations

import argparse
import logging
import sys
from pathlib import Path

from orchestration.cli import demo, main_job, practice_shop, replay, touched
from orchestration.cli.errors import Refused
from warehouse import WarehouseError


def main() -> int:
    """Run one command; 0 when everything it did succeeded."""
    arguments = _parser().parse_args()
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(message)s", stream=sys.stderr)
    try:
        return int(arguments.run(arguments))
    except (WarehouseError, Refused) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nstopped; the next run repairs whatever is half-done", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m orchestration", description=__doc__)
    commands = parser.add_subparsers(required=True)

    command = commands.add_parser("demo", help="the main job against the practice shop")
    command.add_argument("--orders", type=int, default=6000)
    command.set_defaults(run=_demo)

    commands.add_parser("run", help="the main job against the accounts file").set_defaults(run=_run)

    command = commands.add_parser("replay", help="real transactions from a parquet file through the main job")
    command.add_argument("--data", required=True)
    command.add_argument("--platform", default="shopify")
    command.set_defaults(run=_replay)

    command = commands.add_parser("dev", help="Dagster's web UI")
    command.add_argument("--port", type=int, default=3000)
    command.set_defaults(run=_dev)

    commands.add_parser("stop", help="stop the practice shop").set_defaults(run=_stop)

    command = commands.add_parser("touched", help="models and exposures touched since a revision")
    command.add_argument("--base", default="origin/main")
    command.set_defaults(run=_touched)
    return parser


def _demo(arguments: argparse.Namespace) -> int:
    return demo.demo(orders=arguments.orders)


def _run(_: argparse.Namespace) -> int:
    return main_job.run()


def _replay(arguments: argparse.Namespace) -> int:
    return replay.replay(Path(arguments.data), platform=arguments.platform)


def _dev(arguments: argparse.Namespace) -> int:
    return demo.dev(port=arguments.port)


def _stop(_: argparse.Namespace) -> int:
    print("practice shop stopped" if practice_shop.stop() else "no practice shop runs")
    return 0


def _touched(arguments: argparse.Namespace) -> int:
    print(touched.report(arguments.base))
    return 0


if __name__ == "__main__":
    sys.exit(main())
