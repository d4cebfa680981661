"""The least that can talk to the stand-in: no retries, no paging, no opinion."""

from __future__ import annotations

import json
import time
from typing import Any

import requests

M = "{ shopMoney { amount currencyCode } presentmentMoney { amount currencyCode } }"
OVER = ("COMPLETED", "FAILED", "CANCELED", "EXPIRED")
START = """mutation($q: String!, $grouped: Boolean! = false) {
  bulkOperationRunQuery(query: $q, groupObjects: $grouped) {
    bulkOperation { id status url } userErrors { field message code } } }"""
LOOK = """query($id: ID!) { bulkOperation(id: $id) { id status errorCode objectCount rootObjectCount fileSize
  createdAt completedAt url partialDataUrl type query } }"""
CANCEL = """mutation($id: ID!) { bulkOperationCancel(id: $id) {
  bulkOperation { id status } userErrors { field message } } }"""


class Client:
    """One shop of a running sandbox."""

    def __init__(self, url: str, store: str, version: str = "2026-10") -> None:
        self.url = url
        self.store = store
        self.base = f"{url}/shopify/{store}/admin"
        self.version = version
        self.headers = {"X-Shopify-Access-Token": f"sandbox-{store}-token"}

    def post(self, query: str, /, **variables: Any) -> requests.Response:
        """The raw answer to a GraphQL request."""
        body = {"query": query, "variables": variables}
        address = f"{self.base}/api/{self.version}/graphql.json"
        return requests.post(address, json=body, headers=self.headers, timeout=20)

    def ask(self, query: str, /, **variables: Any) -> dict[str, Any]:
        """The whole body of a GraphQL answer, which has to be HTTP 200."""
        answer = self.post(query, **variables)
        assert answer.status_code == 200, answer.text
        body: dict[str, Any] = answer.json()
        return body

    def data(self, query: str, /, **variables: Any) -> Any:
        """The data of an answer without errors."""
        body = self.ask(query, **variables)
        assert "errors" not in body, body["errors"]
        return body["data"]

    def error(self, query: str, /, **variables: Any) -> dict[str, Any]:
        """The only error of an answer."""
        errors = self.ask(query, **variables)["errors"]
        assert len(errors) == 1, errors
        error: dict[str, Any] = errors[0]
        return error

    def start(self, query: str, *, grouped: bool = False) -> dict[str, Any]:
        """The payload of bulkOperationRunQuery."""
        payload: dict[str, Any] = self.data(START, q=query, grouped=grouped)["bulkOperationRunQuery"]
        return payload

    def look(self, identity: str) -> Any:
        """A bulk operation as it is now."""
        return self.data(LOOK, id=identity)["bulkOperation"]

    def finish(self, identity: str) -> Any:
        """A bulk operation once it is over."""
        for _ in range(400):
            operation = self.look(identity)
            if operation["status"] in OVER:
                return operation
            time.sleep(0.01)
        raise AssertionError(f"{identity} is still {operation['status']}")

    def bulk(self, query: str, *, grouped: bool = False) -> list[dict[str, Any]]:
        """Every line of a bulk operation's result."""
        payload = self.start(query, grouped=grouped)
        assert not payload["userErrors"], payload
        operation = self.finish(payload["bulkOperation"]["id"])
        assert operation["status"] == "COMPLETED", operation
        if operation["url"] is None:
            assert operation["objectCount"] == "0"
            return []
        text = requests.get(operation["url"], timeout=20).text
        return [json.loads(line) for line in text.splitlines()]

    def control(self, path: str, **body: Any) -> Any:
        """Post to a control route."""
        answer = requests.post(f"{self.url}/control/{path}", json=body, timeout=60)
        assert answer.ok, answer.text
        return answer.json()

    def fault(self, kind: str, **options: Any) -> Any:
        """Switch a fault on for this shop."""
        return self.control("faults", kind=kind, store=self.store, **options)

    def install(self, **settings: Any) -> Any:
        """Change how the app is installed in this shop."""
        return self.control(f"stores/{self.store}", **settings)
