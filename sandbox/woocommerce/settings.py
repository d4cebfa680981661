"""How a practice site is installed: what its owner, its host and its version make of the same vendor."""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from sandbox.state import WrongSetting

DATE_TYPES = ("date_created", "date_paid", "date_completed")
CHOICES = {
    "permalinks": ("pretty", "plain"),
    "permissions": ("read", "write", "read_write"),
    "date_type": DATE_TYPES,
}
LEAST = {"analytics_lag": 0, "latency_ms": 0, "decimals": 0}


@dataclass
class Settings:
    """The switchable settings of a site; lists are replaced as a whole."""

    https: bool = False  # WordPress believes that it was reached over TLS
    strips_authorization: bool = False  # the host swallows the Authorization header
    permalinks: str = "pretty"  # plain: no /wp-json/, only ?rest_route=
    permissions: str = "read"  # of the key
    capability: bool = True  # the key's user may read orders, products, customers, coupons
    can_view_reports: bool = True
    can_manage: bool = True  # settings, taxes, system status
    wc_version: str = "10.3.5"
    wp_version: str = "6.8.3"
    hpos: bool = True  # orders in tables of their own
    bump_modified_on_refund: bool = True
    timezone_string: str = "UTC"
    gmt_offset: float = 0.0  # counts where `timezone_string` is empty
    decimals: int = 2
    prints_notices: bool = False
    latency_ms: int = 0
    hidden_orders: list[int] = field(default_factory=list)  # no list and no read shows them, reports do
    unregistered_statuses: list[str] = field(default_factory=list)  # their plugin is switched off
    analytics_lag: int = 0  # seconds until the reports know of a change
    date_type: str = "date_created"  # the day an order is reported on
    excluded_statuses: list[str] = field(default_factory=lambda: ["pending", "failed", "cancelled"])
    trash_keeps_refunds: bool = False  # refunds of trashed orders stay in the reports

    def zone(self) -> tzinfo:
        """The site's time zone: a place, or nothing but an offset."""
        if self.timezone_string:
            return ZoneInfo(self.timezone_string)
        return timezone(timedelta(hours=self.gmt_offset))

    def shown(self) -> dict[str, Any]:
        """As the control route lists them."""
        return {one.name: getattr(self, one.name) for one in fields(self)}

    def change(self, given: dict[str, Any]) -> None:
        """Take over what is given, or raise `WrongSetting` and change nothing."""
        known = self.shown()
        unknown = set(given) - set(known)
        if unknown:
            raise WrongSetting(f"no such setting: {', '.join(sorted(unknown))}; known: {', '.join(known)}")
        for name, value in given.items():
            _check(name, value, like=known[name])
        for name, value in given.items():
            setattr(self, name, float(value) if name == "gmt_offset" else value)

    def at_least(self, version: str) -> bool:
        """Whether WooCommerce is of this version or a later one."""
        return _numbers(self.wc_version) >= _numbers(version)


def _check(name: str, value: Any, *, like: Any) -> None:
    kinds: dict[type, tuple[type, ...]] = {float: (int, float)}
    wanted = kinds.get(type(like), (type(like),))
    if not isinstance(value, wanted) or (isinstance(value, bool) and not isinstance(like, bool)):
        raise WrongSetting(f"{name} is {type(like).__name__}, not {value!r}")
    if name in CHOICES and value not in CHOICES[name]:
        raise WrongSetting(f"{name} is one of {', '.join(CHOICES[name])}")
    if name in LEAST and isinstance(value, int) and value < LEAST[name]:
        raise WrongSetting(f"{name} is at least {LEAST[name]}")
    check = CHECKS.get(name)
    if check is not None and not check(value):
        raise WrongSetting(f"{name} cannot be {value!r}")


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _is_version(value: str) -> bool:
    return all(part.isdigit() for part in value.split("."))


CHECKS: dict[str, Callable[[Any], bool]] = {
    "timezone_string": lambda value: value == "" or value in available_timezones(),
    "gmt_offset": lambda value: -12 <= value <= 14,
    "wc_version": _is_version,
    "wp_version": _is_version,
    "hidden_orders": lambda value: all(isinstance(one, int) for one in value),
    "unregistered_statuses": lambda value: all(isinstance(one, str) for one in value),
    "excluded_statuses": lambda value: all(isinstance(one, str) for one in value),
}
