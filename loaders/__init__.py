"""Extract and land: one folder per platform, everything they share in `common`."""
