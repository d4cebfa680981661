"""What is said and switched per account: secrets and settings, of stores and of marketing accounts alike."""

from collections.abc import Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.state import MarketingPlatform, Platform, Sandbox, Vendor
from sandbox.wire import Json, refused, sent_object

METHODS = ["GET", "POST", "DELETE"]


class Accounts:
    """`/control/secrets/<platform>/<account>` and `/control/accounts/<platform>/<account>`."""

    def __init__(self, sandbox: Sandbox, vendors: Mapping[str, Vendor]) -> None:
        self.sandbox = sandbox
        self.vendors = vendors

    def routes(self) -> list[Any]:
        """The controls."""
        return [
            Route("/control/secrets/{platform}/{account}", self._secrets),
            Route("/control/accounts/{platform}/{account}", self._serve, methods=METHODS),
        ]

    def _secrets(self, request: Request) -> Response:
        platform = self._platform(request)
        if platform is None:
            return _unknown(request)
        account = request.path_params["account"]
        if isinstance(platform, MarketingPlatform):
            return Json(platform.secrets(account, address=str(request.base_url).rstrip("/")))
        return Json(platform.secrets(account))

    async def _serve(self, request: Request) -> Response:
        platform = await run_in_threadpool(self._platform, request)
        if platform is None:
            return _unknown(request)
        return await settings_of(platform, request.path_params["account"], request)

    def _platform(self, request: Request) -> Platform | MarketingPlatform | None:
        """Whose account is meant: a marketing platform's, or a store under its platform's name."""
        account, platform = request.path_params["account"], self.vendors.get(request.path_params["platform"])
        if isinstance(platform, MarketingPlatform):
            return platform if account in platform.accounts() else None
        store = self.sandbox.world.stores.get(account)
        if isinstance(platform, Platform) and store is not None and store.platform == platform.name:
            return platform
        return None


async def settings_of(platform: Platform | MarketingPlatform, name: str, request: Request) -> Response:
    """Show, change or reset the settings of a store or an account."""
    if request.method == "DELETE":
        await run_in_threadpool(platform.reset, name)
    elif request.method == "POST":
        try:
            await run_in_threadpool(platform.configure, name, await sent_object(request))
        except (TypeError, ValueError) as error:
            return refused(str(error))
    return Json(platform.settings(name))


def _unknown(request: Request) -> Response:
    wanted = f"{request.path_params['platform']}/{request.path_params['account']}"
    return Json({"error": f"there is no account {wanted}"}, 404)
