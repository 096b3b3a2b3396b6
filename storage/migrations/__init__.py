"""The schema's history, step by step, for both databases."""
