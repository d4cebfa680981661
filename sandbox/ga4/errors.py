"""Refusals of the Data API beyond those of a report's request."""

from sandbox.google.errors import RpcError, error_info, invalid_argument

ID_PAGE = "https://developers.google.com/analytics/devguides/reporting/data/v1/property-id."
PROJECT_NUMBER = "411000000000"
CONSOLE = "https://console.developers.google.com/apis/api/analyticsdata.googleapis.com/overview"


def no_permission(number: str) -> RpcError:
    """The caller is none of the property's users, or there is no such property: Google says no more."""
    if not number.isdigit():
        what = f"Invalid property ID: {number}. A numeric Property ID is required."
    else:
        what = "User does not have sufficient permissions for this property."
    return _denied(f"{what} To learn more about Property ID, see {ID_PAGE}")


def disabled() -> RpcError:
    """Nobody has switched the API on in the project that the caller belongs to."""
    address = f"{CONSOLE}?project={PROJECT_NUMBER}"
    error = _denied(
        f"Google Analytics Data API has not been used in project {PROJECT_NUMBER} before or it is disabled. "
        f"Enable it by visiting {address} then retry. If you enabled this API recently, wait a few minutes "
        "for the action to propagate to our systems and retry."
    )
    service = "analyticsdata.googleapis.com"
    error.details = [error_info("SERVICE_DISABLED", consumer=f"projects/{PROJECT_NUMBER}", service=service)]
    return error


def empty_batch() -> RpcError:
    """A batch of nothing."""
    return invalid_argument("The batchRunReportsRequest must contain at least one runReportRequest.")


def too_many_reports(number: int, most: int) -> RpcError:
    """A batch of more than it may hold."""
    return invalid_argument(
        f"Batch requests are limited to {most} requests.\n  This batch request contains {number} requests."
    )


def other_property(named: str, number: str) -> RpcError:
    """A report inside a batch is about another property than the batch."""
    return invalid_argument(f"A request of the batch is for {named}, the batch for properties/{number}.")


def _denied(message: str) -> RpcError:
    return RpcError(403, "PERMISSION_DENIED", message=message)
