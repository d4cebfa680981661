"""Ways to a store's site that no advertising account of it knows: search, mail, links, and old habits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sandbox.business.marketing.draws import Weighted


@dataclass(slots=True, frozen=True)
class Channel:
    """One way. `utm` stands in the link; without it a tracker sees the referrer, or nothing.

    `weight` is its part of the visits, `eagerness` how much likelier its visitors buy than others.
    """

    group: str
    source: str
    medium: str
    weight: float
    eagerness: float = 1.0
    referrer: str | None = None
    utm: tuple[tuple[str, str], ...] | None = None

    def tags(self, day: date) -> dict[str, str] | None:
        """The tags in the link on that day: newsletters are named by their week."""
        if self.utm is None:
            return None
        year, week, _ = day.isocalendar()
        return {key: value.replace("{week}", f"{year}-{week:02d}") for key, value in self.utm}


def _tagged(group: str, names: str, weight: float, eagerness: float = 1.0) -> Channel:
    """A link with tags, written as "source / medium / campaign"."""
    source, medium, campaign = names.split(" / ")
    utm = (("source", source), ("medium", medium), ("campaign", campaign))
    return Channel(group, source, medium, weight, eagerness, utm=utm)


def _linked(group: str, host: str, weight: float, eagerness: float = 1.0) -> Channel:
    """A link on somebody else's site: a tracker calls it by the site's name."""
    return Channel(
        group, host.removeprefix("www."), "referral", weight, eagerness, referrer=f"https://{host}/"
    )


def _found(engine: str, host: str, weight: float) -> Channel:
    """A search engine's result that nobody paid for."""
    return Channel("Organic Search", engine, "organic", weight, referrer=f"https://{host}/")


CHANNELS = (
    Channel("Direct", "(direct)", "(none)", 0.24, 1.25),
    _found("google", "www.google.com", 0.27),
    _found("bing", "www.bing.com", 0.03),
    _found("duckduckgo", "duckduckgo.com", 0.012),
    _found("ecosia.org", "www.ecosia.org", 0.008),
    _tagged("Email", "newsletter / email / newsletter-{week}", 0.075, 1.9),
    _tagged("Email", "klaviyo / email / abandoned-basket", 0.02, 3.5),
    _tagged("Email", "Newsletter / E-Mail / Vorteile im Herbst", 0.006),  # somebody typed it by hand
    _tagged("SMS", "postscript / sms / back-in-stock", 0.008, 1.6),
    _linked("Organic Social", "l.instagram.com", 0.03, 0.5),
    _linked("Organic Social", "m.facebook.com", 0.02, 0.5),
    _linked("Organic Social", "www.pinterest.com", 0.015, 0.6),
    _linked("Organic Video", "www.youtube.com", 0.008, 0.5),
    _tagged("Affiliates", "awin / affiliate / partners", 0.015, 1.4),
    _tagged("Paid Search", "bing / cpc / bing-brand", 0.015, 1.1),  # of no account that anybody can read
    _tagged("Display", "criteo / display / retargeting-banners", 0.01, 0.6),
    _tagged("Unassigned", "flyer / qr / market-stall", 0.008, 0.8),
    _linked("Referral", "thegiftguide.example", 0.02, 0.9),
    _linked("Referral", "blog.slowliving.example", 0.012, 0.8),
    _linked("Referral", "www.paypal.com", 0.004, 2.0),  # back from paying: a session that is none
    Channel("AI Assistant", "chatgpt.com", "ai-assistant", 0.012, 1.3, referrer="https://chatgpt.com/"),
)

PASSERS_BY = Weighted((one, one.weight) for one in CHANNELS)
BUYERS = Weighted((one, one.weight * one.eagerness) for one in CHANNELS)
