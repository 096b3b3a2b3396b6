"""Logs for machines and people: one line an event, ids only, never names, words or amounts."""

from __future__ import annotations

import logging
import sys

import structlog


def configure(level: str) -> None:
    """Send every log line, ours and the libraries', to stderr from ``level`` on."""
    number = getattr(logging, level.upper())
    logging.basicConfig(
        format="%(levelname)s %(name)s: %(message)s", level=number, stream=sys.stderr
    )
    # These print addresses with tokens, or every request.
    for noisy in (
        "alembic",
        "httpx",
        "telegram",
        "aiohttp.access",
        "apscheduler",
        "uvicorn.access",
    ):
        logging.getLogger(noisy).setLevel(max(number, logging.WARNING))
    renderer = structlog.dev.ConsoleRenderer(
        colors=sys.stderr.isatty(),
        # Plain tracebacks: the pretty ones show local variables, and those hold people's words.
        exception_formatter=structlog.dev.plain_traceback,
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
