"""The vendor's search syntax, silent mis-parses included: `syntax` reads it, `match` decides what it finds."""

from sandbox.shopify.search.match import Field, Search, compile_search

__all__ = ["Field", "Search", "compile_search"]
