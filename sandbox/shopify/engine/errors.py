"""The vendor's error bodies: GraphQL errors travel in HTTP 200, some others do not."""

from typing import Any

ErrorBody = dict[str, Any]

ACCESS_SCOPES_URL = "https://shopify.dev/api/usage/access-scopes"
PROTECTED_DATA_URL = "https://shopify.dev/docs/apps/launch/protected-customer-data"
RATE_LIMITS_URL = "https://shopify.dev/api/usage/rate-limits"
WRONG_TOKEN = "[API] Invalid API key or access token (unrecognized login or wrong password)"


class FieldError(Exception):
    """A field could not be resolved: it becomes null and the error is listed with its path."""

    def __init__(self, message: str, code: str, **extensions: Any) -> None:
        super().__init__(message)
        self.message = message
        self.extensions = {"code": code, **extensions}


class RequestError(Exception):
    """The whole request is refused: no `data`, one or more errors."""

    def __init__(self, errors: list[ErrorBody]) -> None:
        super().__init__(errors[0]["message"])
        self.errors = errors


def access_denied(field: str, scope: str) -> FieldError:
    """A granted-scope check failed on `field`."""
    required = f"`{scope}` access scope."
    return FieldError(
        f"Access denied for {field} field. Required access: {required}",
        "ACCESS_DENIED",
        documentation=ACCESS_SCOPES_URL,
        requiredAccess=required,
    )


def protected_data(object_name: str) -> FieldError:
    """The app has the scope, but was never approved to see people."""
    return FieldError(
        f"This app is not approved to access the {object_name} object. "
        f"See {PROTECTED_DATA_URL} for more details.",
        "ACCESS_DENIED",
        documentation=PROTECTED_DATA_URL,
    )


def bad_request(message: str) -> FieldError:
    """An argument's value cannot be served."""
    return FieldError(message, "BAD_REQUEST")


def wrong_type_of_id(gid: str) -> FieldError:
    """A global id of another type than the field serves."""
    return FieldError(f"Invalid id: {gid}", "RESOURCE_NOT_FOUND")


def invalid_variable(
    name: str, type_name: str, value: Any, *, explanation: str, location: ErrorBody
) -> ErrorBody:
    """A variable's value that does not fit its declared type."""
    problem = {"path": [], "explanation": explanation, "message": explanation}
    return {
        "message": f"Variable ${name} of type {type_name} was provided invalid value",
        "locations": [location],
        "extensions": {"code": "INVALID_VARIABLE", "value": value, "problems": [problem]},
    }


def max_cost_exceeded(cost: int, ceiling: int) -> ErrorBody:
    """The query alone is dearer than any single query may be."""
    message = (
        f"Query cost is {cost}, which exceeds the single query max cost limit ({ceiling}).\n\n"
        f"See {RATE_LIMITS_URL} for more information on how the\ncost of a query is calculated.\n\n"
        "To query larger amounts of data with fewer limits, bulk operations should be used instead.\n"
    )
    extensions = {
        "code": "MAX_COST_EXCEEDED",
        "cost": cost,
        "maxCost": ceiling,
        "documentation": RATE_LIMITS_URL,
    }
    return {"errors": [{"message": message, "extensions": extensions}]}


def throttled(cost: ErrorBody) -> ErrorBody:
    """The bucket does not hold the requested cost; `cost` is the extension that tells how much it holds."""
    error = {"message": "Throttled", "extensions": {"code": "THROTTLED", "documentation": RATE_LIMITS_URL}}
    return {"errors": [error], "extensions": {"cost": cost}}


def internal_error(request_id: str) -> ErrorBody:
    """Something broke at the vendor."""
    message = (
        "Internal error. Looks like something went wrong on our end.\n"
        f"Request ID: {request_id} (include this in support requests)."
    )
    extensions = {"code": "INTERNAL_SERVER_ERROR", "requestId": request_id}
    return {"errors": [{"message": message, "extensions": extensions}]}
