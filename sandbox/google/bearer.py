"""Who is calling one of Google's APIs."""

from starlette.requests import Request

from sandbox.google.errors import credentials_invalid, credentials_missing, scope_insufficient
from sandbox.google.people import Grant, People


def presented(request: Request) -> str | None:
    """The access token that a request shows, in its header or its address; None without any credentials."""
    header = request.headers.get("authorization", "")
    if not header:
        return request.query_params.get("access_token") or request.query_params.get("oauth_token")
    kind, _, token = header.partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


def bearer(people: People, request: Request, *, scopes: frozenset[str], service: str, method: str) -> Grant:
    """The grant behind a request, whose token has one of `scopes`; raises `RpcError`.

    `method` is the full name of what is called, such as `google.analytics.data…BetaAnalyticsData.RunReport`.
    """
    token = presented(request)
    if token is None:
        raise credentials_missing(service, method)
    grant = people.holder(token)
    if grant is None:
        raise credentials_invalid()
    if not grant.scopes & scopes:
        raise scope_insufficient(service, method)
    return grant
