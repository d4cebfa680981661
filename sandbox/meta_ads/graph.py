"""Where a path leads: the user, accounts with their edges, campaigns and what is in them, report runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sandbox.meta_ads import access, errors, insights, nodes, paging, versions
from sandbox.meta_ads.account import Account
from sandbox.meta_ads.call import Call, Take
from sandbox.meta_ads.fields import Row
from sandbox.meta_ads.parameters import Query, read
from sandbox.meta_ads.runs import RUNNING, SKIPPED, Run, is_run
from sandbox.meta_ads.sent import listed, objects
from sandbox.state import Sandbox
from sandbox.tallies import Place

PARTS = {"campaigns": "campaign", "adsets": "group", "ads": "ad"}
BELOW = {"campaign": ("adsets", "ads"), "group": ("ads",), "ad": ()}
LEVEL = {"campaign": "campaign", "group": "adset", "ad": "ad"}
USER = {"id": "122000000000000001", "name": "Countinghouse practice reader"}
FAILING = {"code": -2, "subcode": 2490547}


class Graph:
    """The answers for whoever owns a token; `find` knows the account that is meant by an id."""

    def __init__(self, sandbox: Sandbox, find: Callable[[str], Account | None]) -> None:
        self.sandbox = sandbox
        self.find = find

    def answer(self, call: Call, owner: Account | None, take: Take) -> Any:
        """The JSON value of an answer, or `GraphError`."""
        owner = self._admitted(call, owner, take)
        path = versions.served(call.path, self.sandbox.now().date())
        if take("missing_scope"):
            raise errors.no_permission()
        node, _, edge = path.partition("/")
        if call.method != "GET" and (call.method, edge) != ("POST", "insights"):
            raise errors.missing_object(node, call.method.lower())
        if node == "me":
            return self._user(call, owner, edge)
        if node.startswith("act_"):
            return self._account(call, owner, node=node, edge=edge, take=take)
        run = owner.runs.get(node, self.sandbox.now()) if is_run(node) else None
        if run is not None:
            return self._run(call, owner, run, edge)
        return self._part(call, owner, node=node, edge=edge, take=take)

    def _admitted(self, call: Call, owner: Account | None, take: Take) -> Account:
        revoked = take("revoked_token") if owner is not None else None
        if revoked:
            raise errors.refused_token(self.sandbox.now(), revoked["subcode"], revoked["code"])
        if owner is None:
            raise access.refusal(call.credentials, self.sandbox.now(), of_me=call.route.startswith("me"))
        access.check_proof(call.credentials, required=owner.settings.requires_proof)
        return owner

    def _user(self, call: Call, owner: Account, edge: str) -> Any:
        if not edge:
            return USER
        if edge != "adaccounts":
            raise errors.unknown_path(edge)
        names = nodes.chosen("account", listed(call.sent, "fields"))
        return _paged(call, [nodes.written("account", _thing(owner, Place()), names)])

    def _account(self, call: Call, owner: Account, *, node: str, edge: str, take: Take) -> Any:
        account = self.find(node)
        if account is None:
            raise errors.missing_object(node)
        if account is not owner:
            raise errors.no_permission()
        if not edge:
            names = nodes.chosen("account", listed(call.sent, "fields"))
            return nodes.written("account", _thing(account, Place()), names)
        if edge == "insights":
            return self._insights(call, account, level="account", within=None, take=take)
        if edge not in PARTS:
            raise errors.unknown_path(edge)
        return self._edge(call, account, PARTS[edge])

    def _part(self, call: Call, owner: Account, *, node: str, edge: str, take: Take) -> Any:
        for part in ("campaign", "group", "ad"):
            for place in owner.places(part):
                if getattr(place, part).id != node:
                    continue
                if not edge:
                    names = nodes.chosen(part, listed(call.sent, "fields"))
                    return nodes.written(part, _thing(owner, place), names)
                if edge == "insights":
                    return self._insights(call, owner, level=LEVEL[part], within=(part, node), take=take)
                if edge in BELOW[part]:
                    return self._edge(call, owner, PARTS[edge], within=(part, node))
                raise errors.unknown_path(edge)
        raise errors.missing_object(node)

    def _edge(self, call: Call, account: Account, part: str, within: insights.Within = None) -> Any:
        names = nodes.chosen(part, listed(call.sent, "fields"))
        states = _states(call, part)
        found = [
            place
            for place in account.places(part)
            if nodes.effective_status(place, part) in states and insights.is_within(place, within)
        ]
        return _paged(call, [nodes.written(part, _thing(account, each), names) for each in found])

    def _insights(
        self, call: Call, account: Account, *, level: str, within: insights.Within, take: Take
    ) -> Any:
        query = read(call.sent, account.today(), level=level)
        strange = take("unknown_action")
        extra = strange["name"] if strange else None
        if call.method == "POST":
            run = account.runs.start(query, self.sandbox.now(), within)
            run.extra = extra
            _disturb(run, take)
            return {"report_run_id": run.id}
        rows = insights.report(account, query, within=within, extra=extra)
        if len(rows) > account.settings.sync_rows:
            raise errors.timed_out()
        return _report(call, account, rows, query)

    def _run(self, call: Call, account: Account, run: Run, edge: str) -> Any:
        if edge == "insights":
            if not run.is_complete or run.rows is None:
                raise errors.unfinished_run()
            return _report(call, account, run.rows, run.query)
        if edge:
            raise errors.unknown_path(edge)
        run.look(self.sandbox.now())
        if run.is_complete and run.rows is None:
            run.rows = insights.report(account, run.query, within=run.within, extra=run.extra)
            if len(run.rows) > account.settings.async_rows:
                run.fail(percent=100, **FAILING)
        shown = run.shown(account.info)
        names = listed(call.sent, "fields")
        return {name: shown[name] for name in (*names, "id") if name in shown} if names else shown


def _report(call: Call, account: Account, rows: list[Row], query: Query) -> Any:
    page = paging.page(rows, call.sent)
    if insights.cells(page.rows, query) > account.settings.page_cells:
        raise errors.too_much()
    return {"data": insights.shown(page.rows, query), **_links(call, page)}


def _paged(call: Call, rows: list[dict[str, Any]]) -> Any:
    page = paging.page(rows, call.sent)
    return {"data": list(page.rows), **_links(call, page)}


def _links(call: Call, page: paging.Page) -> dict[str, Any]:
    return paging.links(page, call.sent, address=call.address, token=call.credentials.token or "")


def _thing(account: Account, place: Place) -> nodes.Thing:
    return nodes.Thing(account.info, account.settings.account_status, account.sandbox.now(), place)


def _disturb(run: Run, take: Take) -> None:
    slow, failed = take("slow_run"), take("failed_run")
    if slow:
        run.steps[1:1] = [(RUNNING, 99)] * slow["polls"]
    if failed:
        run.fail(percent=failed["percent"], code=failed["code"], subcode=failed["subcode"])
    if take("skipped_run"):
        run.steps[1:] = [(SKIPPED, 0)]


def _states(call: Call, part: str) -> tuple[str, ...]:
    """Which states of things an edge is asked for, by its own parameter or by a filter."""
    known = nodes.STATES[part]
    wanted = listed(call.sent, "effective_status")
    if not wanted and call.sent.get("filtering"):
        wanted = [
            str(state)
            for each in objects(call.sent, "filtering")
            if str(each.get("field", "")).rpartition(".")[2] == "effective_status"
            for state in _values(each)
        ]
    for position, state in enumerate(wanted):
        if state not in known:
            raise errors.bad_parameter(
                f"effective_status[{position}] must be one of the following values: {', '.join(known)}"
            )
    return tuple(wanted) or tuple(each for each in known if each not in nodes.HIDDEN)


def _values(one: dict[str, Any]) -> list[Any]:
    value = one.get("value")
    return value if one.get("operator") == "IN" and isinstance(value, list) else []
