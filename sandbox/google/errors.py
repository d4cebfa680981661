"""Google's way to refuse: an envelope of google.rpc for its APIs, a page of HTML for what is no route."""

from html import escape
from typing import Any

import orjson
from starlette.responses import Response

JSON = "application/json; charset=UTF-8"
REALM = 'Bearer realm="https://accounts.google.com/"'
SIGN_IN = (
    "Expected OAuth 2 access token, login cookie or other valid authentication credential. "
    "See https://developers.google.com/identity/sign-in/web/devconsole-project."
)
LOST = """<!DOCTYPE html>
<html lang=en>
  <meta charset=utf-8>
  <title>Error {status} ({title})!!1</title>
  <p><b>{status}.</b> <ins>That's an error.</ins>
  <p>{what} <ins>That's all we know.</ins>
"""


class RpcError(Exception):
    """A refusal: `{"error": {"code", "message", "status", "details"}}` with the HTTP status `code`."""

    def __init__(
        self,
        code: int,
        status: str,
        *,
        message: str,
        details: list[Any] | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.status = status
        self.message = message
        self.details = details
        self.headers = headers or {}

    def body(self) -> dict[str, Any]:
        """The JSON body."""
        error: dict[str, Any] = {"code": self.code, "message": self.message, "status": self.status}
        if self.details:
            error["details"] = self.details
        return {"error": error}


def invalid_argument(message: str, details: list[Any] | None = None) -> RpcError:
    """The request cannot be carried out as it is."""
    return RpcError(400, "INVALID_ARGUMENT", message=message, details=details)


def credentials_missing(service: str, method: str) -> RpcError:
    """Nobody is asking; `method` is the full name of what was called."""
    return RpcError(
        401,
        "UNAUTHENTICATED",
        message=f"Request is missing required authentication credential. {SIGN_IN}",
        details=[error_info("CREDENTIALS_MISSING", method=method, service=service)],
        headers={"WWW-Authenticate": REALM},
    )


def credentials_invalid() -> RpcError:
    """A token that is none, has run out, or was revoked: Google does not say which."""
    return RpcError(
        401,
        "UNAUTHENTICATED",
        message=f"Request had invalid authentication credentials. {SIGN_IN}",
        headers={"WWW-Authenticate": f'{REALM}, error="invalid_token"'},
    )


def scope_insufficient(service: str, method: str) -> RpcError:
    """The token was made for another API."""
    return RpcError(
        403,
        "PERMISSION_DENIED",
        message="Request had insufficient authentication scopes.",
        details=[error_info("ACCESS_TOKEN_SCOPE_INSUFFICIENT", method=method, service=service)],
    )


def error_info(reason: str, **metadata: str) -> dict[str, Any]:
    """A detail that machines read."""
    return {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": reason,
        "domain": "googleapis.com",
        "metadata": metadata,
    }


def written(body: Any, status: int = 200, *, pretty: bool = True, headers: Any = None) -> Response:
    """A JSON answer, over several lines unless the caller asked for `prettyPrint=false`."""
    text = orjson.dumps(body, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE if pretty else 0)
    return Response(text, status, {**(headers or {}), "Content-Type": JSON})


def not_found(path: str) -> Response:
    """No such path, verb or method: a page, whoever asks."""
    what = f"The requested URL <code>{escape(path)}</code> was not found on this server."
    return page(404, "Not Found", what)


def page(status: int, title: str, what: str) -> Response:
    """An error page of Google's front."""
    text = LOST.format(status=status, title=title, what=what)
    return Response(
        text, status, {"Content-Type": "text/html; charset=UTF-8", "Referrer-Policy": "no-referrer"}
    )
