"""What must be true of TikTok's raw tables on arrival: data, orchestration turns it into gates."""

from __future__ import annotations

from typing import Any

# id_pattern: every id fits. required_keys: every living document has them (a null counts as there).
# min_rows: an advertiser has at least so many documents. newest_within_hours: the latest `observed_at` of the
# account may be so old, where the resource is read on every run.
EXPECTATIONS: dict[str, dict[str, Any]] = {
    "advertisers": {
        "id_pattern": r"^\d+$",
        "required_keys": ["advertiser_id", "currency", "timezone"],
        "min_rows": 1,
    },
    "ad_reports": {
        "id_pattern": r"^\d{4}-\d{2}-\d{2}$",
        "required_keys": ["day", "is_final", "rows"],
        "min_rows": 1,
        "newest_within_hours": 48,
    },
}
