"""The main job for people at a terminal: load, build, check, say what came out.

It runs the same loaders, models and gates as the Dagster definitions, but needs no Dagster.
"""
