"""What must be true of Meta's raw tables on arrival: data, orchestration turns it into gates."""

from __future__ import annotations

from typing import Any

_NUMBER = r"^\d+$"

# id_pattern: every id fits. required_keys: every living document has them (a null counts as there).
# min_rows: an account that runs ads has at least so many documents. newest_within_hours: the latest
# `observed_at` of the account may be so old, where the resource is read on every run.
EXPECTATIONS: dict[str, dict[str, Any]] = {
    "ad_accounts": {
        "id_pattern": r"^act_\d+$",
        "required_keys": ["id", "account_id", "currency", "timezone_name"],
        "min_rows": 1,
    },
    "campaigns": {
        "id_pattern": _NUMBER,
        "required_keys": ["id", "account_id", "name", "effective_status"],
        "min_rows": 0,
    },
    "ad_sets": {
        "id_pattern": _NUMBER,
        "required_keys": ["id", "account_id", "campaign_id", "name", "effective_status"],
        "min_rows": 0,
    },
    "ads": {
        "id_pattern": _NUMBER,
        "required_keys": ["id", "account_id", "campaign_id", "adset_id", "name", "effective_status"],
        "min_rows": 0,
    },
    "insights": {
        "id_pattern": r"^\d{4}-\d{2}-\d{2}$",
        "required_keys": ["day", "is_final", "rows"],
        "min_rows": 1,
        "newest_within_hours": 48,
    },
}
