"""A practice shop: stand-ins for vendor APIs in front of one simulated business whose truth is known."""
