"""Switched-on faults in Google's words."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from sandbox.google.errors import RpcError, page, written
from sandbox.wire import Refusal

STATUSES = {
    500: ("INTERNAL", "Internal error encountered."),
    503: ("UNAVAILABLE", "The service is currently unavailable."),
    504: ("DEADLINE_EXCEEDED", "Deadline expired before operation could complete."),
}


def server_error(fault: Mapping[str, Any]) -> RpcError:
    """The error with the fault's status; the standard text where Google has one for it."""
    status, message = STATUSES.get(fault["status"], ("UNKNOWN", fault["message"]))
    return RpcError(fault["status"], status, message=message)


def _error(fault: dict[str, Any]) -> Response:
    """As the token endpoint says it: in OAuth's words."""
    error = "internal_failure" if fault["status"] == 500 else "temporarily_unavailable"
    return written({"error": error, "error_description": fault["message"]}, fault["status"])


def _page(fault: dict[str, Any]) -> Response:
    what = "The server encountered a temporary error and could not complete your request."
    return page(fault["status"], "Server Error", what)


REFUSALS: Mapping[str, Refusal] = {"server_error": _error, "html_error": _page}
