"""What plugins note on an order: every type that JSON has, keys that come twice, words that trip readers."""

from __future__ import annotations

import random

from sandbox.business.webshop.events import Notes

ATTRIBUTION = "_wc_order_attribution_"
SESSIONS = ("1", "1", "1", "2", "3", "5")
SUBSCRIPTIONS = 900


def remarks(number: int, channel: str, rng: random.Random) -> Notes:
    """The meta data of an order at its beginning."""
    noted: list[tuple[str, object]] = [
        (f"{ATTRIBUTION}session_count", rng.choice(SESSIONS)),
        (f"{ATTRIBUTION}session_pages", str(rng.randrange(1, 30))),
        ("is_vat_exempt", "no"),
    ]
    if channel == "subscription":
        noted.append(("_subscription_renewal", SUBSCRIPTIONS + number % 40))
    if rng.random() < 0.12:
        noted.append(
            ("_tracking", {"pixel": True, "ids": [number, None], "rate": 0.5, "utm": {"term": 'a"b'}})
        )
    if rng.random() < 0.08:
        noted += [("_coupon_hint", "gezeigt"), ("_coupon_hint", "benutzt")]
    if rng.random() < 0.06:
        noted += [("_newsletter", rng.random() < 0.5), ("_risk_score", round(rng.random() * 100, 2))]
    if rng.random() < 0.05:
        noted += [("_gifts", []), ("_packed_by", None), ("_weight_g", rng.randrange(90, 4000))]
    return tuple(noted)  # type: ignore[arg-type]
