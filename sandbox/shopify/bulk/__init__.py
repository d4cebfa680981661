"""Bulk operations: `rules` refuses what the vendor refuses, `plan` compiles, `lines` writes JSONL, `board` keeps them."""
