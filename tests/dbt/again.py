"""What a run after the first need not build again, where only shops and banks have news."""

from __future__ import annotations

from orchestration.platforms import platforms

# Views, but those over tables that are made anew, and tables of platforms without an account.
MADE_ONCE = (
    *(f"path:models/intermediate/{area}" for area in ("core", "finance", "marketing", "sales")),
    *(
        f"path:models/staging/{one.name}"
        for one in platforms()
        if not one.is_shop and not one.has_default_accounts
    ),
    "agg_conversion_lag",
    "dim_campaign",
    "fct_ad_claims",
    "fct_ad_restatements",
    "fct_ad_spend",
    "fct_sessions",
    "fct_web_purchases",
    "fct_web_report_days",
)
AGAIN = ("--exclude", *MADE_ONCE)
