"""Who is calling one of Google's APIs."""

from starlette.requests import Request

from sandbox.google.errors import credentials_invalid, credentials_missing, scope_insufficient
from sandbox.google.people import Grant, People


def bearer(people: People, request: Request, *, scopes: frozenset[str], service: str, method: str) -> Grant:
    """The grant behind a request, whose token has one of `scopes`; raises `RpcError`.

    `method` is the full name of what is called, such as `google.analytics.data…BetaAnalyticsData.RunReport`.
    """
    header = request.headers.get("authorization", "")
    kind, _, token = header.partition(" ")
    if not header:
        token = request.query_params.get("access_token") or request.query_params.get("oauth_token") or ""
    elif kind.lower() != "bearer":
        raise credentials_invalid()
    if not header and not token:
        raise credentials_missing(service, method)
    grant = people.holder(token.strip())
    if grant is None:
        raise credentials_invalid()
    if not grant.scopes & scopes:
        raise scope_insufficient(service, method)
    return grant
