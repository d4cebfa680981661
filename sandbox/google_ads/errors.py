"""Refusals of Google Ads: Google's envelope with a `GoogleAdsFailure` of the called version inside."""

from typing import Any

from sandbox.google.errors import RpcError
from sandbox.google.faults import STATUSES

INVALID = (400, "INVALID_ARGUMENT", "Request contains an invalid argument.")
DENIED = (403, "PERMISSION_DENIED", "The caller does not have permission")
NOBODY = (401, "UNAUTHENTICATED", "Request had invalid authentication credentials.")
EXHAUSTED = (429, "RESOURCE_EXHAUSTED", "Resource has been exhausted (e.g. check quota).")
INTERNAL = {500: "INTERNAL_ERROR", 503: "TRANSIENT_ERROR", 504: "DEADLINE_EXCEEDED"}
STRUCTURE = "https://developers.google.com/google-ads/api/docs/concepts/call-structure#cid"


class AdsFailure(Exception):
    """What went wrong, as `{category: code}`; which version says so is known where it is answered."""

    def __init__(
        self,
        outer: tuple[int, str, str],
        category: str,
        code: str,
        *,
        message: str,
        details: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(f"{code}: {message}")
        self.outer = outer
        self.category = category
        self.code = code
        self.message = message
        self.details = details

    def as_error(self, version: str, request_id: str) -> RpcError:
        """The refusal with its envelope."""
        error: dict[str, Any] = {"errorCode": {self.category: self.code}, "message": self.message}
        if self.details:
            error["details"] = self.details
        kind = f"type.googleapis.com/google.ads.googleads.{version}.errors.GoogleAdsFailure"
        failure = {"@type": kind, "errors": [error], "requestId": request_id}
        http, status, message = self.outer
        return RpcError(http, status, message=message, details=[failure])


def query_error(code: str, message: str) -> AdsFailure:
    """The query cannot be carried out."""
    return AdsFailure(INVALID, "queryError", code, message=message)


def request_error(code: str, message: str) -> AdsFailure:
    """The request around the query is wrong."""
    return AdsFailure(INVALID, "requestError", code, message=message)


def unsupported_version(version: str) -> AdsFailure:
    """The version has been switched off."""
    message = f"Version {version} is deprecated. Requests to this version will be blocked."
    return request_error("UNSUPPORTED_VERSION", message)


def denied(code: str, message: str) -> AdsFailure:
    """The caller may not."""
    return AdsFailure(DENIED, "authorizationError", code, message=message)


def no_permission() -> AdsFailure:
    """The caller cannot see the customer, or did not say through which manager."""
    return denied(
        "USER_PERMISSION_DENIED",
        "User doesn't have permission to access customer. Note: If you're accessing a client customer, the "
        f"manager's customer id must be set in the 'login-customer-id' header. See {STRUCTURE}",
    )


def not_enabled() -> AdsFailure:
    """The customer was cancelled, or never completed."""
    return denied(
        "CUSTOMER_NOT_ENABLED",
        "The customer account can't be accessed because it is not yet enabled or has been deactivated.",
    )


def only_tests(version: str) -> AdsFailure:
    """The callers' Cloud project may read test accounts alone."""
    if int(version[1:]) >= 25:
        return denied(
            "CLOUD_PROJECT_NOT_APPROVED_FOR_PRODUCTION",
            "The Google Cloud project is only approved for use with test accounts.",
        )
    return denied("ACTION_NOT_PERMITTED", "The developer token is only approved for use with test accounts.")


def nobody(code: str, message: str) -> AdsFailure:
    """Google Ads does not know whom this is about."""
    return AdsFailure(NOBODY, "authenticationError", code, message=message)


def exhausted(seconds: int, *, scope: str, rate: str, code: str = "RESOURCE_EXHAUSTED") -> AdsFailure:
    """Too many requests; the answer says for how long."""
    details = {"rateScope": scope, "rateName": rate, "retryDelay": f"{seconds}s"}
    return AdsFailure(
        EXHAUSTED,
        "quotaError",
        code,
        message=f"Too many requests. Retry in {seconds} seconds.",
        details={"quotaErrorDetails": details},
    )


def broken(status: int, message: str) -> AdsFailure:
    """The server failed."""
    outer = (status, *STATUSES.get(status, ("UNKNOWN", message)))
    return AdsFailure(outer, "internalError", INTERNAL.get(status, "INTERNAL_ERROR"), message=outer[2])
