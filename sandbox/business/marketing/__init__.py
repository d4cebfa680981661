"""Where the business's visitors come from: channels, ads and what they cost, and who claims what.

Everything is drawn from numbers of its own, keyed by the seed and by the store, day or order it belongs to:
nothing else in the world moves by it, and a world that was advanced equals one that was built later.
"""
