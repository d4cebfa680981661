"""The HTTP face of one Shopify shop, below `/shopify/<store>`, and of the storage its bulk results lie in."""

import logging
import uuid
from collections.abc import Callable
from typing import Any

import orjson
from starlette.requests import Request as HttpRequest
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from sandbox.shopify import graph
from sandbox.shopify.engine.errors import WRONG_TOKEN, internal_error
from sandbox.shopify.shop import Shop
from sandbox.shopify.versions import served
from sandbox.wire import Json, faulty

log = logging.getLogger(__name__)


class _Download(FileResponse):
    chunk_size = 1 << 20  # results are hundreds of megabytes


class ShopifyApp:
    """Routes of every shop."""

    def __init__(self, shops: dict[str, Shop]) -> None:
        self.shops = shops

    def routes(self) -> list[Route]:
        """The vendor's paths."""
        base = "/shopify/{store}/admin"
        return [
            Route(f"{base}/oauth/access_scopes.json", self._scopes, methods=["GET"]),
            Route(f"{base}/api/{{version}}/graphql.json", self._graphql, methods=["POST"]),
            Route("/storage/{store}/{file}", self._storage, methods=["GET"]),
            Route("/shopify/{rest:path}", _not_found, methods=["GET", "POST", "PUT", "DELETE"]),
        ]

    async def _scopes(self, request: HttpRequest) -> Response:
        def found(shop: Shop, _: bytes) -> Json:
            return Json({"access_scopes": [{"handle": scope} for scope in sorted(shop.scopes)]})

        return await self._serve(request, "access_scopes", found)

    async def _graphql(self, request: HttpRequest) -> Response:
        version = served(request.path_params["version"])

        def found(shop: Shop, body: bytes) -> Json:
            if version is None:
                return Json({"errors": "Not Found"}, 404)
            return _graphql_answer(shop, request, body, version)

        return await self._serve(request, "graphql", found)

    async def _serve(
        self, request: HttpRequest, route: str, found: Callable[[Shop, bytes], Json]
    ) -> Response:
        shop = self.shops.get(request.path_params["store"])
        if shop is None:
            return Json({"errors": "Not Found"}, 404)
        body = await request.body()
        text = body.decode(errors="replace")

        def answer() -> Json:
            if shop.fault("revoked_token", route=route, text=text) or not _authorised(request, shop):
                return Json({"errors": WRONG_TOKEN}, 401)
            with shop.gate.reading():
                return found(shop, body)

        answered = await faulty(lambda kind: shop.fault(kind, route=route, text=text), answer)
        answered.headers.setdefault("X-Request-Id", str(uuid.uuid4()))
        return answered

    async def _storage(self, request: HttpRequest) -> Response:
        shop = self.shops.get(request.path_params["store"])
        if shop is None:
            return _storage_error("NoSuchBucket", 404)
        name, query = request.path_params["file"], request.query_params
        if shop.fault("expired_url", route="storage", text=name):
            return _storage_error("ExpiredToken", 400)
        path, error = shop.bulk.file_of(
            name, expires=query.get("Expires", "0"), signature=query.get("Signature", "")
        )
        if path is None:
            return _storage_error(error, {"ExpiredToken": 400, "NoSuchKey": 404}.get(error, 403))

        def answer() -> Response:
            disposition = query.get("response-content-disposition", "attachment")
            headers = {"Content-Disposition": disposition}
            return _Download(path, media_type="application/jsonl", headers=headers)

        return await faulty(lambda kind: shop.fault(kind, route="storage", text=name), answer)


def _graphql_answer(shop: Shop, request: HttpRequest, body: bytes, version: str) -> Json:
    fallback = shop.fault("version_fallback", text=body.decode(errors="replace"))
    version = fallback["version"] if fallback else version
    headers = {"X-Shopify-API-Version": version}
    try:
        sent: Any = orjson.loads(body)
    except orjson.JSONDecodeError:
        sent = None
    if not isinstance(sent, dict) or not isinstance(sent.get("query"), str):
        return Json({"errors": {"query": "Required parameter missing or invalid"}}, 400, headers)
    asked = graph.Request(
        text=sent["query"],
        variables=sent.get("variables") or {},
        operation_name=sent.get("operationName"),
        version=version,
        base_url=str(request.base_url).rstrip("/"),
        debug_cost="shopify-graphql-cost-debug" in request.headers,
        debug_search="shopify-search-query-debug" in request.headers,
    )
    try:
        answer = graph.answer(shop, asked)
    except Exception:
        request_id = str(uuid.uuid4())
        log.exception("request %s to %s", request_id, shop.name)
        answer = internal_error(request_id)
    return Json(answer, 200, headers)


def _authorised(request: HttpRequest, shop: Shop) -> bool:
    return request.headers.get("x-shopify-access-token") == shop.token


def _storage_error(code: str, status: int) -> Response:
    body = (
        f"<?xml version='1.0' encoding='UTF-8'?><Error><Code>{code}</Code><Message>{code}</Message></Error>"
    )
    return Response(body, status, media_type="application/xml; charset=UTF-8")


async def _not_found(_: HttpRequest) -> Response:
    return Json({"errors": "Not Found"}, 404)
