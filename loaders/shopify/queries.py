"""The texts sent to the GraphQL Admin API. Each is valid against the vendor's schema: a test holds it so."""

from __future__ import annotations

from datetime import datetime

from loaders.shopify.selections import JOURNEY, SALES, SHOP, Connection, Thing

PROBE = f"query Probe {{ shop {{ {SHOP} }} currentAppInstallation {{ accessScopes {{ handle }} }} }}"

START_BULK = """
mutation StartBulk($query: String!) {
  bulkOperationRunQuery(query: $query, groupObjects: false) {
    bulkOperation { id status createdAt }
    userErrors { field message code }
  }
}
"""
POLL_BULK = """
query PollBulk($id: ID!) {
  bulkOperation(id: $id) {
    id status errorCode createdAt completedAt objectCount rootObjectCount fileSize url partialDataUrl
  }
}
"""
CANCEL_BULK = """
mutation CancelBulk($id: ID!) { bulkOperationCancel(id: $id) { userErrors { field message } } }
"""
SALES_REPORT = """
query SalesReport($query: String!) {
  shopifyqlQuery(query: $query) { parseErrors tableData { columns { name dataType } rows } }
}
"""
DELETIONS = """
query Deletions($first: Int!, $after: String, $search: String!) {
  events(first: $first, after: $after, query: $search, sortKey: CREATED_AT) {
    nodes { id action createdAt ... on BasicEvent { subjectId subjectType } }
    pageInfo { hasNextPage endCursor }
  }
}
"""
FIRST_ORDER = """
query FirstOrder { orders(first: 1, sortKey: PROCESSED_AT) { nodes { processedAt } } }
"""
FIRST_JOURNEY = f"query FirstJourney {{ orders(first: 1) {{ nodes {{ id {JOURNEY} }} }} }}"
STILL_THERE = "query StillThere($ids: [ID!]!) { nodes(ids: $ids) { id } }"


def page(thing: Thing, *, sort: str | None = None) -> str:
    """A page of a list, with everything of each document that a page can hold."""
    arguments = ["first: $first", "after: $after", "query: $search"]
    if sort:
        arguments.append(f"sortKey: {sort}")
    if thing.arguments:
        arguments.append(thing.arguments)
    return (
        f"query Page_{thing.root}($first: Int!, $after: String, $search: String) {{ "
        f"{thing.root}({', '.join(arguments)}) "
        f"{{ nodes {{ {thing.fields()} }} pageInfo {{ hasNextPage endCursor }} }} }}"
    )


def nodes(thing: Thing) -> str:
    """Several documents by their ids."""
    return (
        f"query Nodes_{thing.root}($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on {thing.type} "
        f"{{ {thing.fields()} }} }} }}"
    )


def rest(thing_type: str, connection: Connection, *, within: str = "") -> str:
    """What a nested connection has beyond its first page. `within` wraps it, `{}` being its place."""
    field = connection.paged(first=250, after="$after")
    inner = within.replace("{}", field) if within else field
    stamp = "" if within else "updatedAt"
    return (
        f"query Rest_{connection.field}($id: ID!, $after: String) "
        f"{{ node(id: $id) {{ ... on {thing_type} {{ id {stamp} {inner} }} }} }}"
    )


REST_OF_SALES = f"""
query RestOfSales($id: ID!, $before: String, $after: String) {{
  node(id: $id) {{ ... on Order {{ id updatedAt
    agreements(first: 1, after: $before) {{ nodes {{ id {SALES.paged(first=100, after="$after")} }} }}
  }} }}
}}
"""
AGREEMENT_CURSORS = """
query AgreementCursors($id: ID!, $after: String) {
  node(id: $id) { ... on Order { id agreements(first: 100, after: $after) {
    edges { cursor node { id } } pageInfo { hasNextPage endCursor }
  } } }
}
"""


def bulk(thing: Thing, *, search: str | None = None) -> str:
    """Everything of a list, as a bulk operation."""
    arguments = [f"query: {_literal(search)}"] if search else []
    if thing.arguments:
        arguments.append(thing.arguments)
    given = f"({', '.join(arguments)})" if arguments else ""
    inner = " ".join([thing.selection, *(one.bulk() for one in thing.connections)])
    return f"{{ {thing.root}{given} {{ edges {{ node {{ {inner} }} }} }} }}"


def bulk_ids(thing: Thing) -> str:
    """The ids of a list, and nothing else: cheap, for the sweep."""
    return f"{{ {thing.root} {{ edges {{ node {{ id }} }} }} }}"


def count(thing: Thing) -> str:
    """How many of a list there are, exactly."""
    field = f"{thing.root}Count"
    return f"query Count($search: String) {{ {field}(query: $search, limit: null) {{ count precision }} }}"


def window(since: datetime | None, until: datetime | None, *, field: str = "updated_at") -> str | None:
    """A search term for a window, both ends inclusive to the second.

    The times are quoted: without quotes the vendor cuts them at the first colon, silently.
    """
    terms = []
    if since:
        terms.append(f"{field}:>='{_stamp(since)}'")
    if until:
        terms.append(f"{field}:<='{_stamp(until)}'")
    return " ".join(terms) or None


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _literal(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
