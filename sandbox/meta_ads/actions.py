"""What people did after an ad, by type of action and by attribution window.

Several types report the same purchase, from different sides; whoever adds them up counts it several times.
Web events stand on the day of the conversion, clicks on the day of the click.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from sandbox.business.marketing.types import Claim
from sandbox.tallies import NOTHING, Tally, number

DAY = timedelta(days=1)
# Windows that the enumeration has and that nothing comes for, since January 2026 or for web events at all.
SILENT = (
    "7d_view", "28d_view", "default", "custom", "dda", "incrementality", "incrementality_all_conversions",
    "incrementality_first_conversion", "1d_sequenced", "7d_sequenced", "28d_sequenced", "skan_click",
    "skan_click_second_postback", "skan_click_third_postback", "skan_view", "skan_view_second_postback",
    "skan_view_third_postback", "7d_view_all_conversions", "7d_view_first_conversion",
    "28d_view_all_conversions", "28d_view_first_conversion",
)  # fmt: skip
# Window -> the buckets of claims in it.
WINDOWS: dict[str, tuple[str, ...]] = {
    "1d_click": ("click1",),
    "7d_click": ("click1", "click7"),
    "28d_click": ("click1", "click7", "click28"),
    "1d_view": ("view1",),
    "1d_ev": ("engaged1",),
}
USUAL = ("click1", "click7", "view1")  # `value`: the setting of every ad set here, 7d_click_1d_view
WEB = ("omni_{0}", "{0}", "offsite_conversion.fb_pixel_{0}", "onsite_web_{0}", "onsite_web_app_{0}")
TYPES: dict[str, tuple[str, ...]] = {
    "purchase": (*(each.format("purchase") for each in WEB), "web_in_store_purchase"),
    "add_to_cart": tuple(each.format("add_to_cart") for each in WEB),
    "initiate_checkout": (
        "omni_initiated_checkout",
        "initiate_checkout",
        "offsite_conversion.fb_pixel_initiate_checkout",
        "onsite_web_initiate_checkout",
    ),
    "view_content": tuple(each.format("view_content") for each in WEB),
    "lead": ("lead", "offsite_conversion.fb_pixel_lead", "onsite_web_lead"),
}
CLICKS = ("link_click", "post_engagement", "page_engagement")

Stats = list[dict[str, Any]]
Measure = Callable[[tuple[Decimal, Decimal]], Decimal]


def bucket(claim: Claim) -> str | None:
    """The narrowest window that a claim is in; None where it came too late for all."""
    age = claim.converted_at - claim.touched_at
    if claim.touch == "click":
        return next((f"click{days}" for days in (1, 7, 28) if age <= days * DAY), None)
    if age > DAY:
        return None
    return "view1" if claim.touch == "view" else "engaged1"


class Actions:
    """The lists of a row; `windows` are the ones asked for, `extra` a type nobody has seen before."""

    def __init__(self, tally: Tally, windows: Sequence[str], extra: str | None = None) -> None:
        self.tally = tally
        self.windows = [each for each in WINDOWS if each in windows]
        self.extra = extra

    def counts(self) -> Stats:
        """`actions`."""
        return [*self._clicked(Decimal(self.tally.link_clicks)), *self._claimed(lambda one: one[0])]

    def values(self) -> Stats:
        """`action_values`: what has a value, in the account's currency."""
        return self._claimed(lambda one: one[1])

    def costs(self) -> Stats:
        """`cost_per_action_type`."""
        return [_turned(stat, lambda count: self.tally.cost / count) for stat in self.counts()]

    def returns(self, action_type: str) -> Stats:
        """`purchase_roas` and its like: value by spend of one type."""
        if not self.tally.cost:
            return []
        cost = self.tally.cost
        return [
            _turned(stat, lambda value: value / cost)
            for stat in self.values()
            if stat["action_type"] == action_type
        ]

    def outbound(self) -> Stats:
        """`outbound_clicks`."""
        clicked = self._clicked(Decimal(self.tally.link_clicks), ("outbound_click",))
        return list(clicked)

    def _clicked(self, count: Decimal, types: Iterable[str] = CLICKS) -> Stats:
        if not count:
            return []
        text = number(count)
        windows = {each: text for each in self.windows if each.endswith("click")}
        return [{"action_type": each, "value": text, **windows} for each in types]

    def _claimed(self, measure: Measure) -> Stats:
        stats = []
        for action in dict.fromkeys(action for action, _ in sorted(self.tally.claims)):
            amounts = {
                bucket: measure(one) for (each, bucket), one in self.tally.claims.items() if each == action
            }
            shown = self._windows(amounts)
            if shown:
                stats += [{"action_type": each, **shown} for each in self._types(action)]
        return stats

    def _types(self, action: str) -> tuple[str, ...]:
        own = (f"offsite_conversion.fb_pixel_custom.{action}", "offsite_conversion.fb_pixel_custom")
        types = TYPES.get(action, own)
        return (*types, self.extra) if self.extra and action == "purchase" else types

    def _windows(self, amounts: dict[str, Decimal]) -> dict[str, str]:
        """`value` and a key per window, each where there is something to show."""
        wanted = {"value": USUAL, **{each: WINDOWS[each] for each in self.windows}}
        sums = {
            key: sum((amounts.get(each, NOTHING) for each in buckets), NOTHING)
            for key, buckets in wanted.items()
        }
        return {key: number(amount) for key, amount in sums.items() if amount}


def _turned(stat: dict[str, Any], turn: Callable[[Decimal], Decimal]) -> dict[str, Any]:
    """The same list entry with other numbers, to six places as the vendor divides."""
    return {
        key: text if key == "action_type" else number(turn(Decimal(text)).quantize(Decimal("0.000001")))
        for key, text in stat.items()
    }
