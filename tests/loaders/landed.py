"""What loads have landed in the warehouse under test, and loads in processes of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import warehouse
from warehouse import ROOT


class Landed:
    """What loads have landed in the warehouse under test."""

    platform = "shopify"
    account_id = "kiwi"

    def sql(self, statement: str, *parameters: object) -> list[tuple[Any, ...]]:
        connection = warehouse.connect("loader")
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                cursor.execute(statement, parameters or None)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()

    def rows(self, resource: str, account_id: str | None = None) -> int:
        table = f"raw_{self.platform}.{resource}"
        found = self.sql(f"select count(*) from {table} where account_id = %s", account_id or self.account_id)
        return int(found[0][0])

    def documents(self, resource: str, account_id: str | None = None) -> dict[str, Any]:
        """The latest version of everything that lives, as staging would see it."""
        raw = f"raw_{self.platform}"
        found = self.sql(
            f"select distinct on (id) id, document from {raw}.{resource} r "
            f"join {raw}._dlt_loads l on l.load_id = r._dlt_load_id where account_id = %s "
            "order by id, updated_at desc nulls last, observed_at desc, _dlt_load_id desc",
            account_id or self.account_id,
        )
        return {identity: json.loads(text) for identity, text in found if text is not None}

    def python(self, *arguments: str) -> subprocess.Popen[str]:
        """Python in a process of its own."""
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT), "COLUMNS": "300"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def command(self, *arguments: str) -> subprocess.Popen[str]:
        """`python -m loaders` in a process of its own."""
        return self.python("-m", "loaders", *arguments)
