"""What must be true of the raw rates on arrival. Data, not code: orchestration turns it into gates."""

from __future__ import annotations

from typing import Any

# newest_within_hours: a run without a new fixing lands nothing, and Easter has none for five days.
EXPECTATIONS: dict[str, dict[str, Any]] = {
    "exchange_rates": {
        "id_pattern": r"^\d{4}-\d{2}-\d{2}$",
        "required_keys": ["date", "rates"],
        "min_rows": 1,
        "newest_within_hours": 168,
    },
}
