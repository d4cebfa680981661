"""The site's own settings as one document: currency, taxes, time zone, what its reports leave out."""

from __future__ import annotations

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
    for group in GROUPS:
        route = f"{settings.API}/settings/{group}"
        try:
            rows = client.rows(route).body
        except (MissingScope, NoRoute):
            if group == GROUPS[0]:
                raise
            continue
        values |= {str(row["id"]): row.get("value") for row in rows}
    about = {key: site.index.get(key) for key in OF_SITE}
    body = {"home": site.home, **about, "version": _version(client), "settings": values}
    return Document(identity, canonical(body), None, site.at)


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
