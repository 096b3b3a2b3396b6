"""Runs Pendamping: what people say comes in, one transaction a message, what we say goes out."""
