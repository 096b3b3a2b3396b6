"""The web side as one application: health, figures, the front page, and what is mounted beside."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from http import HTTPStatus

import anyio
import structlog
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from bot.ports import Unavailable
from bot.web.guard import BodyLimit, SafeHeaders
from bot.web.pages import Files, page
from bot.web.practice import PHOTO_PATH, PHOTO_ROOM, PracticeRoom
from bot.web.whatsapp import LARGEST_BODY
from bot.web.whatsapp import PATH as WHATSAPP

#: Seconds the database may take to show that it is there.
HEALTH_PATIENCE = 5.0

#: What went wrong, and what to do: a title and a sentence.
SORRY = {
    HTTPStatus.NOT_FOUND: (
        "Halamannya tidak ada",
        "Mungkin alamatnya salah ketik. Coba mulai dari halaman depan.",
    ),
    HTTPStatus.BAD_REQUEST: ("Itu belum bisa", "Coba mulai lagi dari halaman depan."),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: (
        "Kirimannya terlalu besar",
        "Coba kirim yang lebih kecil.",
    ),
    HTTPStatus.SERVICE_UNAVAILABLE: (
        "Sebentar, ya",
        "Catatan belum bisa dibuka. Yang sudah tercatat aman. Coba lagi sebentar lagi.",
    ),
    HTTPStatus.INTERNAL_SERVER_ERROR: (
        "Maaf, ada yang keliru di pihak kami",
        "Yang sudah tercatat aman. Coba lagi sebentar lagi.",
    ),
}

_log = structlog.get_logger()


def web_app(
    routes: Sequence[BaseRoute] = (),
    *,
    health: Callable[[], object],
    metrics: CollectorRegistry = REGISTRY,
    practice: PracticeRoom | None = None,
) -> Starlette:
    """Everything that is served over HTTP.

    ``health`` blocks and raises when the database does not answer. ``routes`` (webhooks) come
    first; without a practice room ``/`` is a modest front page.
    """
    front = practice.routes() if practice else [Route("/", _front)]
    return Starlette(
        routes=[
            *routes,
            Route("/health", _health(health)),
            Route("/metrics", _metrics(metrics)),
            Mount("/static", Files()),
            *front,
        ],
        middleware=[
            Middleware(SafeHeaders),
            Middleware(BodyLimit, larger={PHOTO_PATH: PHOTO_ROOM, WHATSAPP: LARGEST_BODY}),
            Middleware(GZipMiddleware, minimum_size=1000),
        ],
        exception_handlers={HTTPException: _sorry, Unavailable: _away, Exception: _broken},
    )


def _health(check: Callable[[], object]) -> Callable[[Request], Awaitable[Response]]:
    few = anyio.CapacityLimiter(2)  # a database that hangs must not eat our threads

    async def health(_request: Request) -> Response:
        try:
            with anyio.fail_after(HEALTH_PATIENCE):
                await anyio.to_thread.run_sync(check, limiter=few, abandon_on_cancel=True)
        except Exception as trouble:  # noqa: BLE001  whatever is wrong, we are not well
            _log.warning("unhealthy", reason=repr(trouble))
            return JSONResponse({"status": "unavailable"}, HTTPStatus.SERVICE_UNAVAILABLE)
        return JSONResponse({"status": "ok"})

    return health


def _metrics(registry: CollectorRegistry) -> Callable[[Request], Awaitable[Response]]:
    async def metrics(_request: Request) -> Response:
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    return metrics


async def _front(_request: Request) -> Response:
    return page("front.html")


async def _sorry(request: Request, trouble: Exception) -> Response:
    if not isinstance(trouble, HTTPException):
        return await _broken(request, trouble)
    status = HTTPStatus(trouble.status_code)
    said = trouble.detail if trouble.detail != status.phrase else ""
    return _apology(request, status, said, trouble.headers or {})


async def _away(request: Request, _trouble: Exception) -> Response:
    return _apology(request, HTTPStatus.SERVICE_UNAVAILABLE, "", {"Retry-After": "2"})


async def _broken(request: Request, _trouble: Exception) -> Response:
    return _apology(request, HTTPStatus.INTERNAL_SERVER_ERROR, "", {})


def _apology(
    request: Request, status: HTTPStatus, said: str, headers: Mapping[str, str]
) -> Response:
    """Say it in a page, or to a script as ``{"error": …}``; ``said`` is better than the usual."""
    title, advice = (
        SORRY.get(status)
        or SORRY[
            HTTPStatus.INTERNAL_SERVER_ERROR
            if status >= HTTPStatus.INTERNAL_SERVER_ERROR
            else HTTPStatus.BAD_REQUEST
        ]
    )
    answer: Response
    if "text/html" in request.headers.get("accept", ""):
        answer = page("sorry.html", status, title=title, advice=said or advice)
    else:
        answer = JSONResponse({"error": said or f"{title}. {advice}"}, status)
    for name, value in headers.items():
        answer.headers[name] = value
    return answer
