"""What must be true of Google Ads' raw tables on arrival: data, orchestration turns it into gates."""

from __future__ import annotations

from typing import Any

_NUMBER = r"^[1-9]\d*$"
_DAY = r"^\d{4}-\d{2}-\d{2}$"

# An account may be new and have no campaign yet. newest_within_hours: the day that is not over yet moves with
# every run.
EXPECTATIONS: dict[str, dict[str, Any]] = {
    "customers": {"id_pattern": _NUMBER, "required_keys": ["customer"], "min_rows": 1},
    "campaigns": {"id_pattern": _NUMBER, "required_keys": ["campaign"], "min_rows": 0},
    "ad_groups": {"id_pattern": _NUMBER, "required_keys": ["adGroup", "campaign"], "min_rows": 0},
    "ads": {
        "id_pattern": r"^[1-9]\d*~[1-9]\d*$",
        "required_keys": ["adGroupAd", "adGroup", "campaign"],
        "min_rows": 0,
    },
    "conversion_actions": {"id_pattern": _NUMBER, "required_keys": ["conversionAction"], "min_rows": 0},
    "ad_reports": {
        "id_pattern": _DAY,
        "required_keys": ["day", "ads", "campaigns", "is_final"],
        "min_rows": 1,
        "newest_within_hours": 48,
    },
    "conversion_reports": {
        "id_pattern": _DAY,
        "required_keys": ["day", "ads", "campaigns", "is_final"],
        "min_rows": 1,
        "newest_within_hours": 48,
    },
}
