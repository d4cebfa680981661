"""Refusals as TikTok words them: HTTP's status stays 200, the code in the body says what is wrong."""

from collections.abc import Iterable
from typing import Any

REVOKED = "Access token is incorrect or has been revoked."
TOKENS = {
    40102: "Access token is expired.",
    40104: "Access token is null, you should set it in http header with key Access-Token.",
    40105: REVOKED,
    40106: "Access token does not match the advertiser.",
    40119: "Access token is not authorized for this advertiser.",
}
CROWDED = "Due to too many requests, requests from App are temporarily restricted."


class TikTokError(Exception):
    """An answer that is an error."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message

    def body(self, request_id: str) -> dict[str, Any]:
        """The JSON body."""
        return {"code": self.code, "message": self.message, "request_id": request_id, "data": {}}


def token(code: int) -> TikTokError:
    """A token that is missing, wrong, or for something else."""
    return TikTokError(code, TOKENS.get(code, REVOKED))


def no_permission(advertiser: str) -> TikTokError:
    """An advertiser that the token may not see, there or not."""
    return TikTokError(40001, f"No permission to operate advertiser {advertiser}.")


def missing(name: str) -> TikTokError:
    """A parameter that has to be there."""
    return TikTokError(40002, f"Missing required field(s): {name}.")


def wrong(message: str) -> TikTokError:
    """A parameter that cannot be understood."""
    return TikTokError(40002, message)


def wrong_names(what: str, names: Iterable[str]) -> TikTokError:
    """Metrics or dimensions that do not exist, or not at this level."""
    return TikTokError(40002, f"Invalid {what} fields: {list(names)}")


def app_throttled() -> TikTokError:
    """Too many requests of the app."""
    return TikTokError(40100, CROWDED)


def advertiser_throttled(advertiser: str, rate: int, limit: int) -> TikTokError:
    """Too many requests for one advertiser on one path within a second."""
    return TikTokError(
        40133,
        f"Advertiser ({advertiser})'s QPS ({rate}) reaches QPS limit {limit} for current path, request is "
        "temporarily restricted.",
    )


def failed(code: int = 50000) -> TikTokError:
    """The vendor's own fault."""
    return TikTokError(code, "System error, please try again later.")
