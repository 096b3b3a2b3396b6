"""Writing down what was agreed: one function for each kind of change, found by ``base.record``."""
