"""Refusals as the Graph API words them. A client has to branch on code and subcode, never on the text."""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

MORE = "For more info, please refer to https://developers.facebook.com/docs/graph-api/overview/rate-limiting"
DOCS = "https://developers.facebook.com/docs/graph-api"
INSIGHTS_DOCS = "https://developers.facebook.com/docs/marketing-api/reference/ads-insights/"
SESSION = {
    458: "The user has not authorized application 300000000000001.",
    459: "You cannot access the app till you log in to www.facebook.com and follow the instructions given.",
    460: "The session has been invalidated because the user changed their password or Facebook has changed "
    "the session for security reasons.",
    463: "Session has expired on {since:%A, %d-%b-%y %H:%M:%S} UTC. The current time is "
    "{now:%A, %d-%b-%y %H:%M:%S} UTC.",
    464: "Sessions for the user are not allowed because the user is not a confirmed user.",
    467: "The session is invalid because the user logged out.",
}
CROWDED = "There have been too many calls from this ad-account. Wait a bit and try again."
THROTTLES: dict[int, tuple[int, str]] = {
    4: (1504022, "(#4) Application request limit reached"),
    17: (2446079, "(#17) User request limit reached"),
    32: (0, "(#32) Page request limit reached"),
    613: (1487742, CROWDED),
    80000: (2446079, f"(#80000) {CROWDED} {MORE}."),
    80003: (2446079, f"(#80003) {CROWDED} {MORE}#custom-audience."),
    80004: (2446079, f"(#80004) {CROWDED} {MORE}#ads-management."),
}


class GraphError(Exception):
    """An answer that is an error; `status` is HTTP's, `kind` the envelope's `type`."""

    def __init__(
        self, message: str, code: int, *, status: int = 400, kind: str | None = "OAuthException", **more: Any
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.status = status
        self.kind = kind
        self.more = more
        self.headers: Mapping[str, str] = {}

    def body(self) -> dict[str, Any]:
        """The JSON body; every error can be looked up by its trace."""
        shown: dict[str, Any] = {"message": self.message}
        if self.kind:
            shown["type"] = self.kind
        shown["code"] = self.code
        shown.update({name: value for name, value in self.more.items() if value is not None})
        return {"error": {**shown, "fbtrace_id": f"A{uuid.uuid4().hex[:22]}"}}


def malformed_token(*, in_header: bool) -> GraphError:
    """Nothing that a token could be."""
    message = "Invalid OAuth access token - Cannot parse access token"
    return GraphError(message, 190, status=401 if in_header else 400)


def refused_token(now: datetime, subcode: int | None = None, code: int | None = None) -> GraphError:
    """A token that is none any more; by default the user logged out."""
    subcode = subcode or 467
    text = SESSION.get(subcode, SESSION[467]).format(since=now - timedelta(hours=1), now=now)
    return GraphError(f"Error validating access token: {text}", code or 190, error_subcode=subcode)


def no_token(*, of_me: bool) -> GraphError:
    """Nobody is asking."""
    if of_me:
        text = "An active access token must be used to query information about the current user."
        return GraphError(text, 2500)
    return GraphError("An access token is required to request this resource.", 104)


def wrong_proof() -> GraphError:
    """The HMAC of the token is another app's, or another token's."""
    return GraphError(
        "Invalid appsecret_proof provided in the API argument", 100, kind="GraphMethodException"
    )


def missing_proof() -> GraphError:
    """The app takes no call without one."""
    message = "API calls from the server require an appsecret_proof argument"
    return GraphError(message, 100, kind="GraphMethodException")


def no_permission() -> GraphError:
    """The account is there, and not for this token."""
    message = (
        "(#200) Ad account owner has NOT grant ads_management or ads_read permission. Refer to "
        f"{DOCS}/overview/access-levels for more information."
    )
    return GraphError(message, 200, status=403)


def missing_object(identity: str, method: str = "get") -> GraphError:
    """No such thing, or none that this token may know of: the vendor does not tell which."""
    message = (
        f"Unsupported {method} request. Object with ID '{identity}' does not exist, cannot be loaded due to "
        "missing permissions, or does not support this operation. Please read the Graph API documentation "
        f"at {DOCS}"
    )
    return GraphError(message, 100, kind="GraphMethodException", error_subcode=33)


def unknown_path(rest: str) -> GraphError:
    """The path leads nowhere."""
    return GraphError(f"Unknown path components: /{rest}", 2500)


def old_version() -> GraphError:
    """The path names a version that has expired, or none."""
    message = "You are calling a deprecated version of the Ads API. Please update to the latest version."
    return GraphError(message, 2635)


def bad_parameter(message: str) -> GraphError:
    """A parameter that cannot be understood."""
    return GraphError(f"(#100) {message}", 100)


def bad_insights_field(name: str) -> GraphError:
    """Only the first wrong field is named."""
    return bad_parameter(
        f"{name} is not valid for fields param. please check {INSIGHTS_DOCS} for all valid values"
    )


def bad_node_field(name: str, node_type: str) -> GraphError:
    """A field that this type of object does not have."""
    return bad_parameter(f"Tried accessing nonexisting field ({name}) on node type ({node_type})")


def bad_cursor() -> GraphError:
    """A cursor that nobody handed out."""
    return GraphError("Invalid cursors values", 2642)


def too_far_back() -> GraphError:
    """Reports end where 37 months are over."""
    message = "(#3018) The start date of the time range cannot be beyond 37 months from the current date"
    return GraphError(message, 3018)


def too_much() -> GraphError:
    """The page would be too big."""
    message = "Please reduce the amount of data you're asking for, then retry your request"
    return GraphError(message, 1, status=500, kind=None)


def timed_out() -> GraphError:
    """The whole report would take too long while somebody waits."""
    text = "Your request timed out. Try a smaller date range, fetch less data, or use async jobs."
    return GraphError(
        f"(#100) {text}",
        100,
        error_subcode=1504018,
        is_transient=False,
        error_user_title="Query Has Timed Out",
        error_user_msg=text,
    )


def no_breakdown() -> GraphError:
    """Metrics and breakdowns do not go together."""
    text = "No data is available for the requested metrics and breakdowns. Try others."
    return GraphError(f"(#2) {text}", 2, error_subcode=1504041, error_user_msg=text)


def unfinished_run() -> GraphError:
    """The report of a run that is not complete."""
    return GraphError(
        "Error accessing adreport job.",
        2601,
        error_subcode=1815107,
        is_transient=True,
        error_user_title="Loading Async Ads Report Failed",
        error_user_msg="Sorry, the report job you are loading failed. Please try again.",
    )


def unavailable(status: int) -> GraphError:
    """The service is down for a while."""
    return GraphError("(#2) Service temporarily unavailable", 2, status=status, is_transient=True)


def unknown() -> GraphError:
    """Nobody knows why."""
    return GraphError("An unknown error occurred", 1, status=500, error_subcode=99)


def throttled(code: int, subcode: int | None, usage: Mapping[str, str]) -> GraphError:
    """Too many calls; HTTP's status is 400, and no header says how long to wait but those of the usage."""
    usual, message = THROTTLES.get(code, (0, f"(#{code}) Calls to this api have exceeded the rate limit."))
    error = GraphError(
        message,
        code,
        error_subcode=subcode or usual or None,
        is_transient=code in (4, 17, 32),
        error_user_title="Too many API requests",
        error_user_msg="There have been too many API calls recently. Wait a while before you try again.",
    )
    error.headers = usage
    return error
