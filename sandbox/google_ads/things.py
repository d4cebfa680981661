"""Resources as rows show them: values by their path in the query language."""

from collections.abc import Iterable
from typing import Any

from sandbox.business.marketing.types import Ad, AdGroup, Campaign
from sandbox.google_ads.customer import Customer, Manager
from sandbox.google_ads.facts import ACTIONS, Action, action_id

Values = dict[str, Any]
Key = tuple[str, ...]
GROUP_TYPES = {"SEARCH": "SEARCH_STANDARD", "SHOPPING": "SHOPPING_PRODUCT_ADS", "VIDEO": "VIDEO_RESPONSIVE"}
CLICK_WINDOW, VIEW_WINDOW = 90, 1


def things(resource: str, customer: Customer | Manager) -> dict[Key, Values]:
    """All things of a resource that a customer has, by what tells them apart."""
    own = of_customer(customer)
    if resource == "customer":
        return {(): own}
    if resource == "customer_client":
        return {(each["customer_client.id"],): {**own, **each} for each in _clients(customer)}
    if isinstance(customer, Manager):
        return {}
    if resource == "conversion_action":
        return {(name,): {**own, **_action(customer, name, one)} for name, one in ACTIONS.items()}
    return {key: {**own, **values} for key, values in _of_campaigns(resource, customer)}


def of_customer(customer: Customer | Manager) -> Values:
    """The customer itself."""
    enabled = isinstance(customer, Manager) or customer.settings.enabled
    return {
        "customer.resource_name": f"customers/{customer.id}",
        "customer.id": customer.id,
        "customer.descriptive_name": customer.title,
        "customer.currency_code": customer.currency,
        "customer.time_zone": customer.zone.key,
        "customer.manager": customer.is_manager,
        "customer.test_account": False,
        "customer.auto_tagging_enabled": not customer.is_manager,
        "customer.status": "ENABLED" if enabled else "CANCELED",
    }


def _clients(customer: Customer | Manager) -> Iterable[Values]:
    """The customer at level 0, and at level 1 those that it manages."""
    below = list(customer.clients.values()) if isinstance(customer, Manager) else []
    for level, one in [(0, customer), *((1, one) for one in below)]:
        shown = {
            path.replace("customer.", "customer_client.", 1): value
            for path, value in of_customer(one).items()
            if path != "customer.auto_tagging_enabled"
        }
        yield {
            **shown,
            "customer_client.resource_name": f"customers/{customer.id}/customerClients/{one.id}",
            "customer_client.client_customer": f"customers/{one.id}",
            "customer_client.level": level,
            "customer_client.hidden": False,
        }


def _of_campaigns(resource: str, customer: Customer) -> Iterable[tuple[Key, Values]]:
    for campaign in customer.campaigns():
        shown = _campaign(customer, campaign)
        if resource == "campaign":
            yield (campaign.id,), shown
            continue
        for group in campaign.groups:
            grouped = {**shown, **_group(customer, campaign, group)}
            if resource == "ad_group":
                yield (group.id,), grouped
                continue
            for ad in group.ads:
                yield (group.id, ad.id), {**grouped, **_ad(customer, group, ad)}


def _campaign(customer: Customer, one: Campaign) -> Values:
    return {
        "campaign.resource_name": f"customers/{customer.id}/campaigns/{one.id}",
        "campaign.id": one.id,
        "campaign.name": one.name,
        "campaign.status": one.status,
        "campaign.advertising_channel_type": one.kind,
        "campaign.start_date_time": f"{one.created.astimezone(customer.zone):%Y-%m-%d} 00:00:00",
    }


def _group(customer: Customer, campaign: Campaign, one: AdGroup) -> Values:
    return {
        "ad_group.resource_name": f"customers/{customer.id}/adGroups/{one.id}",
        "ad_group.id": one.id,
        "ad_group.name": one.name,
        "ad_group.status": one.status,
        "ad_group.type": GROUP_TYPES.get(campaign.kind, "DISPLAY_STANDARD"),
        "ad_group.campaign": f"customers/{customer.id}/campaigns/{campaign.id}",
    }


def _ad(customer: Customer, group: AdGroup, one: Ad) -> Values:
    return {
        "ad_group_ad.resource_name": f"customers/{customer.id}/adGroupAds/{group.id}~{one.id}",
        "ad_group_ad.status": one.status,
        "ad_group_ad.ad_group": f"customers/{customer.id}/adGroups/{group.id}",
        "ad_group_ad.ad.resource_name": f"customers/{customer.id}/ads/{one.id}",
        "ad_group_ad.ad.id": one.id,
        "ad_group_ad.ad.name": one.name,
        "ad_group_ad.ad.type": one.kind,
        "ad_group_ad.ad.final_urls": [one.url],
    }


def _action(customer: Customer, name: str, one: Action) -> Values:
    return {
        "conversion_action.resource_name": action_resource(customer, name),
        "conversion_action.id": action_id(customer.id, name),
        "conversion_action.name": one.name,
        "conversion_action.status": "ENABLED",
        "conversion_action.type": "WEBPAGE",
        "conversion_action.category": one.category,
        "conversion_action.origin": "WEBSITE",
        "conversion_action.counting_type": one.counting,
        "conversion_action.primary_for_goal": one.is_primary,
        "conversion_action.include_in_conversions_metric": one.is_primary,
        "conversion_action.click_through_lookback_window_days": CLICK_WINDOW,
        "conversion_action.view_through_lookback_window_days": VIEW_WINDOW,
    }


def action_resource(customer: Customer, name: str) -> str:
    """The resource name of a conversion action."""
    return f"customers/{customer.id}/conversionActions/{action_id(customer.id, name)}"
