"""The site's own settings as one document: currency, taxes, time zone, what its reports leave out."""

from __future__ import annotations

from functools import partial
from typing import Any

from loaders.common.errors import LoaderError, MissingScope
from loaders.common.landing import Document
from loaders.common.texts import canonical
from loaders.woocommerce import settings
from loaders.woocommerce.client import Client
from loaders.woocommerce.refusals import NoRoute
from loaders.woocommerce.site import Site

# Without the first there is no currency; the others depend on version and rights.
GROUPS = ("general", "tax", "products", "wc_admin")
OF_SITE = ("name", "timezone_string", "gmt_offset")


def document(client: Client, site: Site, identity: str) -> Document:
    """The settings, all ids of all groups that can be read; `gmt_offset` as the site sends it."""
    values: dict[str, Any] = {}
    version = client.crew.submit(partial(_version, client))
    for found in client.crew.in_order(partial(_group, client), GROUPS):
        values |= found
    about = {key: site.index.get(key) for key in OF_SITE}
    body = {"home": site.home, **about, "version": version.result(), "settings": values}
    return Document(identity, canonical(body), None, site.at)


def _group(client: Client, group: str) -> dict[str, Any]:
    """The values of a group; none of one that this version does not have, or that is not for this key."""
    try:
        rows = client.rows(f"{settings.API}/settings/{group}").body
    except (MissingScope, NoRoute):
        if group == GROUPS[0]:
            raise
        return {}
    return {str(row["id"]): row.get("value") for row in rows}


def _version(client: Client) -> str | None:
    """WooCommerce's version; None where the key may not see it, or the site's report of itself is broken."""
    try:
        answer = client.get(f"{settings.API}/system_status", {"_fields": "environment"})
        return str(answer.body["environment"]["version"])
    except LoaderError as error:
        if error.stops_account:
            raise
        return None
    except (KeyError, TypeError):
        return None
