"""Documents of a Google Ads account for the benchmarks: as its loader lands them, without a vendor.

Every ad is shown on every day. The `reading`th reading of a day finds a little more cost and more conversions
than the one before, as late clicks and conversions bring them: each of its rows has changed.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import orjson

CUSTOMER = "9990000001"
PLACE = f"customers/{CUSTOMER}"
ADS_IN_A_GROUP = 10
GROUPS_IN_A_CAMPAIGN = 10
ACTION = "77"


def customer() -> bytes:
    """The account itself."""
    return _written(
        {
            "customer": {
                "resourceName": PLACE,
                "id": CUSTOMER,
                "descriptiveName": "Bench",
                "currencyCode": "GBP",
                "timeZone": "Europe/London",
                "manager": False,
                "testAccount": False,
                "autoTaggingEnabled": True,
                "status": "ENABLED",
            }
        }
    )


def campaign(number: int) -> bytes:
    """A search campaign."""
    kind = {"advertisingChannelType": "SEARCH", "advertisingChannelSubType": "UNSPECIFIED"}
    started = {"startDateTime": "2021-01-01 00:00:00", "status": "ENABLED"}
    return _written({"campaign": {**_campaign(number), "name": f"Campaign {number}", **kind, **started}})


def ad_group(number: int) -> bytes:
    """An ad group."""
    about = {"name": f"Group {number}", "status": "ENABLED", "type": "SEARCH_STANDARD"}
    of = _campaign(number // GROUPS_IN_A_CAMPAIGN)
    return _written({"adGroup": {**_group(number), **about}, "campaign": of})


def ad(number: int) -> bytes:
    """An ad."""
    about = {"name": f"Ad {number}", "type": "RESPONSIVE_SEARCH_AD", "finalUrls": ["https://bench.example/"]}
    found = _ad(number)
    found["adGroupAd"] |= {"ad": {**found["adGroupAd"]["ad"], **about}, "status": "ENABLED"}
    return _written(found)


def conversion_action() -> bytes:
    """What the account counts as a conversion."""
    about = {"name": "Purchase", "status": "ENABLED", "type": "WEBPAGE", "category": "PURCHASE"}
    rules = {"countingType": "MANY_PER_CLICK", "origin": "WEBSITE", "primaryForGoal": True}
    windows = {"clickThroughLookbackWindowDays": "30", "viewThroughLookbackWindowDays": "1"}
    return _written({"conversionAction": {**_action(), **about, **rules, **windows}})


def ad_report(day: date, *, ads: int, reading: int) -> bytes:
    """What every ad cost on a day."""
    rows = [_row(day, _ad(number), _delivery(number, reading)) for number in range(ads)]
    totals = []
    for one in range(0, ads, ADS_IN_A_GROUP * GROUPS_IN_A_CAMPAIGN):
        members = range(one, min(one + ADS_IN_A_GROUP * GROUPS_IN_A_CAMPAIGN, ads))
        figures = [_delivery(number, reading) for number in members]
        summed = {name: str(sum(int(each[name]) for each in figures)) for name in figures[0]}
        own = {"campaign": _campaign(one // (ADS_IN_A_GROUP * GROUPS_IN_A_CAMPAIGN))}
        totals.append(_row(day, own, summed))
    return _written({"day": day.isoformat(), "is_final": False, "ads": rows, "campaigns": totals})


def conversion_report(day: date, *, ads: int, reading: int) -> bytes:
    """What every ad is said to have sold on a day."""
    rows = []
    for number in range(ads):
        bought = float(1 + (number + reading) % 3)
        named = {
            "conversions": "conversionsValue",
            "allConversions": "allConversionsValue",
            "conversionsByConversionDate": "conversionsValueByConversionDate",
        }
        counted, worth = dict.fromkeys(named, bought), dict.fromkeys(named.values(), bought * 40)
        metrics = {**counted, **worth, "viewThroughConversions": "0"}
        row = _row(day, _ad(number), metrics)
        row["segments"] |= {
            "conversionAction": _action()["resourceName"],
            "conversionActionName": "Purchase",
            "conversionActionCategory": "PURCHASE",
        }
        rows.append(row)
    return _written({"day": day.isoformat(), "is_final": False, "ads": rows, "campaigns": []})


def _delivery(number: int, reading: int) -> dict[str, str]:
    clicks = 2 + number % 7
    return {
        "costMicros": str(clicks * 410_000 + number * 100 + reading),
        "impressions": str(clicks * 30 + reading),
        "clicks": str(clicks),
        "interactions": str(clicks),
    }


def _row(day: date, of: dict[str, Any], metrics: dict[str, Any]) -> dict[str, Any]:
    return {**of, "metrics": metrics, "segments": {"date": day.isoformat()}}


def _ad(number: int) -> dict[str, Any]:
    group = _group(number // ADS_IN_A_GROUP)
    identity = {"resourceName": f"{PLACE}/ads/{5_000 + number}", "id": str(5_000 + number)}
    return {
        "campaign": _campaign(number // ADS_IN_A_GROUP // GROUPS_IN_A_CAMPAIGN),
        "adGroup": group,
        "adGroupAd": {
            "resourceName": f"{PLACE}/adGroupAds/{group['id']}~{identity['id']}",
            "ad": identity,
        },
    }


def _campaign(number: int) -> dict[str, str]:
    return {"resourceName": f"{PLACE}/campaigns/{100 + number}", "id": str(100 + number)}


def _group(number: int) -> dict[str, str]:
    return {"resourceName": f"{PLACE}/adGroups/{1_000 + number}", "id": str(1_000 + number)}


def _action() -> dict[str, str]:
    return {"resourceName": f"{PLACE}/conversionActions/{ACTION}", "id": ACTION}


def _written(document: dict[str, Any]) -> bytes:
    return orjson.dumps(document, option=orjson.OPT_SORT_KEYS)
