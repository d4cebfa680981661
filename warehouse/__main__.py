"""`python -m warehouse start|stop|status|url|env|psql`: the warehouse from the command line."""

from __future__ import annotations

import argparse
import logging
import os
import shlex
import sys
from urllib.parse import urlsplit

import warehouse

ROLES = ("owner", "loader", "transformer", "reader")


def main() -> int:
    """Run one command; 0 when it did what was asked (status: when the server answers)."""
    arguments = _parse()
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    try:
        return int(COMMANDS[arguments.command](arguments) or 0)
    except warehouse.WarehouseError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m warehouse", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("start", help="server up; database, roles and grants made")
    commands.add_parser("stop", help="stop the embedded server; nothing is deleted")
    commands.add_parser("delete", help="stop the embedded server and delete all it holds, and pending loads")
    commands.add_parser("status", help="say whether the server answers")
    commands.add_parser(
        "env", help="print the variables that dbt_project/profiles.yml reads, as shell exports"
    )
    for name, help_text, role in (
        ("url", "print the address, nothing else", "owner"),
        ("psql", "open a prompt in the warehouse; arguments after -- go to psql", "owner"),
    ):
        command = commands.add_parser(name, help=help_text)
        command.add_argument("--role", choices=ROLES, default=role)
        command.add_argument("rest", nargs="*", help=argparse.SUPPRESS)
    return parser.parse_args()


def _start(_: argparse.Namespace) -> None:
    warehouse.start()
    print(f"warehouse ready: database {warehouse.database_name()} on {_place()}")


def _stop(_: argparse.Namespace) -> None:
    print("warehouse stopped" if warehouse.stop() else "nothing to stop")


def _delete(_: argparse.Namespace) -> None:
    for folder in warehouse.delete():
        print(f"deleted {folder}")


def _status(_: argparse.Namespace) -> int:
    try:
        warehouse.connect("reader").close()
    except warehouse.WarehouseError as error:
        print(error)
        return 1
    print(f"running: database {warehouse.database_name()} on {_place()}")
    return 0


def _url(arguments: argparse.Namespace) -> None:
    print(warehouse.url(arguments.role))


def _env(_: argparse.Namespace) -> None:
    for name, value in warehouse.environment().items():
        print(f"export {name}={shlex.quote(value)}")


def _psql(arguments: argparse.Namespace) -> None:
    program = str(warehouse.programs() / "psql")
    sys.stdout.flush()
    os.execv(program, [program, warehouse.url(arguments.role), *arguments.rest])


def _place() -> str:
    parts = urlsplit(warehouse.url())
    return f"{parts.hostname}:{parts.port or 5432}"


COMMANDS = {
    "start": _start,
    "stop": _stop,
    "delete": _delete,
    "status": _status,
    "url": _url,
    "env": _env,
    "psql": _psql,
}

if __name__ == "__main__":
    sys.exit(main())
