"""A local stand-in for TikTok's API for Business (v1.3): reports, and who the advertisers are.

It is written from the vendor's documented behaviour and public captures of it. Where it had to choose: a
token sees one advertiser; limits are kept by the real clock, because nobody waits by another one.
"""

from collections.abc import Collection
from typing import Any

from sandbox.state import MarketingPlatform, Sandbox
from sandbox.tiktok_ads.access import token_of
from sandbox.tiktok_ads.advertiser import Advertisers
from sandbox.tiktok_ads.app import TikTokApp

__all__ = ["TikTokAds"]


class TikTokAds(MarketingPlatform):
    """Every advertiser that the business has there."""

    name = "tiktok_ads"

    def __init__(self, sandbox: Sandbox, **_: Any) -> None:
        self._advertisers = Advertisers(sandbox)
        self._app = TikTokApp(sandbox, self._advertisers)
        sandbox.moved.append(self._advertisers.moved)

    def routes(self) -> list[Any]:
        """The vendor's paths."""
        return list(self._app.routes())

    def accounts(self) -> Collection[str]:
        """The names of its accounts."""
        return list(self._advertisers.by_name())

    def secrets(self, account: str, *, address: str) -> dict[str, str]:
        """The token."""
        return {"token": token_of(account)}

    def settings(self, account: str) -> dict[str, Any]:
        """What is switched."""
        return self._advertisers.by_name()[account].shown()

    def configure(self, account: str, given: dict[str, Any]) -> None:
        """Change settings; `limits.py` says what there is."""
        self._advertisers.by_name()[account].configure(given)

    def reset(self, account: str) -> None:
        """As at the start: nothing used."""
        self._advertisers.by_name()[account].reset()


STAND_IN = TikTokAds
