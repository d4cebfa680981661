"""Refusals as WordPress words them."""

from typing import Any

LIST, VIEW = "Sorry, you cannot list resources.", "Sorry, you cannot view this resource."


class WpError(Exception):
    """An answer that is an error: `{"code", "message", "data": {"status"}}`."""

    def __init__(
        self,
        status: int,
        code: str,
        *,
        message: str,
        data: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.data = data or {}
        self.headers = headers or {}

    def body(self) -> dict[str, Any]:
        """The JSON body."""
        return {
            "code": self.code,
            "message": self.message,
            "data": {"status": self.status, **self.data},
        }


def cannot_view(*, known: bool, single: bool = False) -> WpError:
    """Nobody is logged in (401), or somebody without the capability (403)."""
    return WpError(403 if known else 401, "woocommerce_rest_cannot_view", message=VIEW if single else LIST)


def not_authentic(message: str, **more: Any) -> WpError:
    """Credentials were given and are wrong."""
    return WpError(401, "woocommerce_rest_authentication_error", message=message, **more)


def no_route() -> WpError:
    """The path leads nowhere, or the plugin is off."""
    return WpError(404, "rest_no_route", message="No route was found matching the URL and request method.")


def invalid_id(code: str = "woocommerce_rest_shop_order_invalid_id", message: str = "Invalid ID.") -> WpError:
    """There is no such thing, or none any more."""
    return WpError(404, code, message=message)


def fatal() -> WpError:
    """PHP died of something; `additional_errors` stands beside the rest."""
    return _Fatal(
        500,
        "internal_server_error",
        message="<p>There has been a critical error on this website.</p><p><a href="
        '"https://wordpress.org/documentation/article/faq-troubleshooting/">Learn more about '
        "troubleshooting WordPress.</a></p>",
    )


class _Fatal(WpError):
    def body(self) -> dict[str, Any]:
        return {**super().body(), "additional_errors": []}
