"""placeholder"""
class Truth:
    def __init__(self, stores, clock): pass
