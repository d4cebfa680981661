"""What must be true of GA4's raw tables on arrival. Data, not code: orchestration turns it into gates."""

from __future__ import annotations

from typing import Any

_DAY = r"^\d{4}-\d{2}-\d{2}$"

# newest_within_hours: the day that is not over yet moves with every run.
EXPECTATIONS: dict[str, dict[str, Any]] = {
    "properties": {
        "id_pattern": r"^[1-9]\d*$",
        "required_keys": ["property", "metadata", "currencyCode", "timeZone"],
        "min_rows": 1,
    },
    "session_reports": {
        "id_pattern": _DAY,
        "required_keys": ["day", "report", "is_final"],
        "min_rows": 1,
        "newest_within_hours": 48,
    },
    "purchase_reports": {
        "id_pattern": _DAY,
        "required_keys": ["day", "report", "is_final"],
        "min_rows": 1,
        "newest_within_hours": 48,
    },
}
