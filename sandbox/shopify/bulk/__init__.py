"""Bulk operations: `rules` refuses, `plan` compiles, `lines` writes the JSONL, `board` keeps them."""
