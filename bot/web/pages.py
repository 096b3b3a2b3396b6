"""Pages from templates, and the files they need."""

from __future__ import annotations

import hashlib
from http import HTTPStatus
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

HERE = Path(__file__).parent
STATIC = HERE / "static"

#: A file asked for by its version never changes.
_FOR_GOOD = "public, max-age=31536000, immutable"


class Files(StaticFiles):
    """Static files that browsers keep for good when asked for by version, and else check."""

    def __init__(self) -> None:
        super().__init__(directory=STATIC)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """One file, with how long it may be kept."""
        response = await super().get_response(path, scope)
        versioned = scope["query_string"].startswith(b"v=")
        response.headers["Cache-Control"] = _FOR_GOOD if versioned else "no-cache"
        return response


def _address(name: str) -> str:
    version = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]
    return f"/static/{name}?v={version}"


def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals["static"] = {
        file.name: _address(file.name) for file in STATIC.iterdir() if file.is_file()
    }
    return environment


_TEMPLATES = _templates()


def page(template: str, status: int = HTTPStatus.OK, **values: Any) -> HTMLResponse:
    """A page that is made anew each time it is asked for."""
    html = _TEMPLATES.get_template(template).render(values)
    return HTMLResponse(html, status, {"Cache-Control": "no-store"})
