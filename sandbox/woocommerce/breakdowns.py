"""What goes wrong on the way: hosts, maintenance, PHP. Little of it is JSON."""

from collections.abc import Callable, Mapping
from typing import Any

import orjson
from starlette.responses import Response

from sandbox.spoiling import alteration, altered
from sandbox.wire import PAGE, Json, Refusal
from sandbox.woocommerce.errors import fatal

HTML = "text/html; charset=UTF-8"
NOTICE = (
    b"<br />\n<b>Notice</b>:  Function _load_textdomain_just_in_time was called <strong>incorrectly"
    b"</strong>. Translation loading for the <code>invoices</code> domain was triggered too early. in "
    b"<b>/var/www/html/wp-includes/functions.php</b> on line <b>6121</b><br />\n"
)
MAINTENANCE = """<!DOCTYPE html>
<html lang="de"><head><title>Maintenance</title></head>
<body><h1>Briefly unavailable for scheduled maintenance. Check back in a minute.</h1></body></html>
"""
LOST = """<html>
<head><title>404 Not Found</title></head>
<body><center><h1>404 Not Found</h1></center><hr><center>nginx</center></body>
</html>
"""


def not_found() -> Response:
    """What the web server says of a path that WordPress never sees."""
    return Response(LOST, 404, media_type="text/html")


def _busy(fault: dict[str, Any]) -> Response:
    return Response(PAGE.format(status=429), 429, {"Retry-After": str(fault["retry_after"])}, HTML)


def _page(fault: dict[str, Any]) -> Response:
    return Response(PAGE.format(status=fault["status"]), fault["status"], media_type=HTML)


def _maintenance(fault: dict[str, Any]) -> Response:
    return Response(MAINTENANCE, 503, {"Retry-After": str(fault["retry_after"])}, HTML)


def _dead(fault: dict[str, Any]) -> Response:
    died = fatal()
    if fault["html"]:
        return Response(f"<!DOCTYPE html>\n<html><body>{died.message}</body></html>\n", 500, media_type=HTML)
    return Json(died.body(), 500)


def _error(fault: dict[str, Any]) -> Response:
    body = {"code": "internal_server_error", "message": fault["message"], "data": {"status": fault["status"]}}
    return Json(body, fault["status"])


REFUSALS: Mapping[str, Refusal] = {
    "too_many_requests": _busy,
    "server_error": _error,
    "html_error": _page,
    "maintenance": _maintenance,
    "php_fatal": _dead,
}


def spoiled(body: bytes, take: Callable[[str], dict[str, Any] | None]) -> bytes:
    """The answer with what switched-on faults change in its objects, or with a notice of PHP before it."""
    alter = alteration(take)
    if alter is not None:
        body = orjson.dumps(altered(orjson.loads(body), alter))
    return NOTICE + body if take("php_notice") else body
