"""The vendor's search syntax, silent mis-parses included: `syntax` reads, `match` finds."""

from sandbox.shopify.search.match import Field, Search, compile_search

__all__ = ["Field", "Search", "compile_search"]
