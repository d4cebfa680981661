"""Faults that can be switched on: what goes wrong, for whom, and how often.

A stand-in asks `take` at the places where a vendor fails; a fault that fits is used up once per answer.
"""

import itertools
import threading
from dataclasses import dataclass, field
from typing import Any

FOREVER = None

# kind -> what happens, and its options with their defaults.
KINDS: dict[str, tuple[str, dict[str, Any]]] = {
    "throttled": (
        "too many requests, in the vendor's words, although there were few",
        {"code": None, "subcode": None, "minutes": 1},
    ),
    "too_many_requests": ("status 429 with Retry-After", {"retry_after": "2.0"}),
    "server_error": (
        "a JSON error with this status",
        {"status": 503, "message": "An unexpected error occurred"},
    ),
    "html_error": ("an HTML error page with this status", {"status": 502}),
    "maintenance": ("status 503, an HTML page with Retry-After", {"retry_after": "600"}),
    "php_fatal": ("status 500 because PHP died: JSON, or HTML", {"html": False}),
    "php_notice": ("text of a notice stands before the JSON", {}),
    "internal_error": ("status 200 with INTERNAL_SERVER_ERROR and no data", {}),
    "field_error": (
        "this field is null in a partial answer, with an error beside the data",
        {"field": "customer"},
    ),
    "dropped_connection": ("the connection breaks after this share of the body", {"share": 0.5}),
    "truncated_json": ("a complete answer whose body ends after this share", {"share": 0.5}),
    "latency": ("the answer waits", {"seconds": 1.0}),
    "expired_url": ("a bulk result's address has expired", {}),
    "failed_bulk": (
        "a bulk operation fails after this share of its objects",
        {"share": 0.5, "error_code": "INTERNAL_SERVER_ERROR", "partial_data": True},
    ),
    "slow_bulk": ("a bulk operation stays RUNNING for this many more polls", {"polls": 3}),
    "unknown_field": (
        "objects carry a field nobody selected",
        {"name": "brandNewField", "value": {"since": "2027-01"}},
    ),
    "changed_type": ("this field's value changes its type", {"field": "quantity"}),
    "blank_field": ("this field's value is an empty text", {"field": "total_tax"}),
    "duplicates": ("rows of the previous page come again", {"rows": 1}),
    "changed_between_reads": (
        "every n-th object of a bulk answer shows a later updatedAt than other reads",
        {"every": 5, "seconds": 1},
    ),
    "malformed_document": ("the n-th line of a bulk answer is not JSON", {"line": 2}),
    "null_character": ("this text field contains a NUL", {"field": "note"}),
    "version_fallback": ("another API version answers", {"version": "2026-01"}),
    "revoked_token": ("the token is refused", {"code": None, "subcode": None}),
    "expired_token": ("Google: the access token has run out before its time", {}),
    "quota_exhausted": (
        "Google: this quota is used up until the sandbox's clock reaches its end",
        {"bucket": "tokensPerProjectPerHour"},
    ),
    "missing_scope": ("the app lacks this scope", {"scope": "read_customers"}),
    "reduce_data": ("the answer would be too big", {}),
    "failed_run": ("a report run fails", {"percent": 100, "code": -2, "subcode": 2490547}),
    "slow_run": ("a report run is not complete for this many more looks", {"polls": 3}),
    "skipped_run": ("a report run is skipped", {}),
    "unknown_action": ("a type of action nobody has seen reports purchases too", {"name": "new_purchase"}),
    "near_limit": ("the headers show this much of the allowance used", {"percent": 96, "minutes": 5}),
    "lost_entry": ("this entry of a batch has no answer", {"entry": 0}),
    "protected_data": ("the app may not see this object, whatever its scopes", {"object": "Customer"}),
}
COMMON = ("kind", "store", "platform", "route", "match", "times", "skip")


class UnknownFault(ValueError):
    """A fault that does not exist, or an option it does not have."""


@dataclass
class Fault:
    """One switched-on fault. `None` in a filter means any; `times` counts down, None is for ever."""

    id: int
    kind: str
    store: str | None = None
    platform: str | None = None
    route: str | None = None
    match: str | None = None
    times: int | None = 1
    skip: int = 0
    hits: int = 0
    options: dict[str, Any] = field(default_factory=dict)

    def fits(self, platform: str, store: str, *, route: str, text: str) -> bool:
        """Whether a request is meant; `text` is searched for `match`."""
        return (
            self.platform in (None, platform)
            and self.store in (None, store)
            and self.route in (None, route)
            and (self.match is None or self.match in text)
        )

    def shown(self) -> dict[str, Any]:
        """As the control route lists it."""
        return {
            "id": self.id,
            "kind": self.kind,
            "store": self.store,
            "platform": self.platform,
            "route": self.route,
            "match": self.match,
            "times": self.times,
            "skip": self.skip,
            "hits": self.hits,
            **self.options,
        }


class Faults:
    """The faults that are on, in the order in which they were added."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()

    def add(self, kind: str, **given: Any) -> Fault:
        """Switch a fault on."""
        if kind not in KINDS:
            raise UnknownFault(f"there is no fault {kind!r}; known: {', '.join(sorted(KINDS))}")
        options = dict(KINDS[kind][1])
        unknown = set(given) - set(options) - set(COMMON)
        if unknown:
            known = ", ".join(sorted({*options, *COMMON[1:]}))
            raise UnknownFault(f"{kind} has no option {', '.join(sorted(unknown))}; known: {known}")
        options.update({name: value for name, value in given.items() if name in options})
        filters = {name: value for name, value in given.items() if name in COMMON and name != "kind"}
        for name in ("times", "skip"):
            count = filters.get(name, 0)
            if type(count) is not int and not (name == "times" and count is FOREVER):
                raise UnknownFault(f"{name} is how many answers, not {count!r}")
        with self._lock:
            fault = Fault(next(self._numbers), kind, options=options, **filters)
            self._faults.append(fault)
        return fault

    def take(
        self, kind: str, platform: str, *, store: str, route: str = "", text: str = ""
    ) -> dict[str, Any] | None:
        """Use up one occurrence of `kind` that fits, and return its options."""
        if not self._faults:
            return None
        with self._lock:
            for fault in self._faults:
                if (
                    fault.kind != kind
                    or fault.times == 0
                    or not fault.fits(platform, store, route=route, text=text)
                ):
                    continue
                if fault.skip > 0:
                    fault.skip -= 1
                    continue
                fault.hits += 1
                if fault.times is not None:
                    fault.times -= 1
                return {"kind": kind, **fault.options}
        return None

    def shown(self) -> list[dict[str, Any]]:
        """Every fault that was added, the used-up ones with `times` 0."""
        with self._lock:
            return [fault.shown() for fault in self._faults]

    def clear(self) -> None:
        """Switch all faults off."""
        with self._lock:
            self._faults.clear()
