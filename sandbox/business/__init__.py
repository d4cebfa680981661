"""The simulated business behind every stand-in: shops, people, orders with their lives, and the truth.

It knows nothing of any vendor: the stand-ins render this state to their own shapes, and the truth is
computed from the business's events, never from what a stand-in sent.
"""
