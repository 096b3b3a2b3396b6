"""Keeps it: people, books, sessions and the outbox, in SQLite or PostgreSQL."""
