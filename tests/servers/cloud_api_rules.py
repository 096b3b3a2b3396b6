"""What may be sent: the limits we know, and the official description where that file is here."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import yaml

from tests.servers.cloud_api_world import World

FILE = Path("shared/reference/whatsapp-business-messaging-api.yaml")

_DROPPED = {"additionalProperties", "discriminator", "format", "example", "pattern"}


def broken(body: dict[str, Any], world: World) -> list[str]:
    """Every rule a message breaks."""
    kind = body.get("type", "")
    found = list(_rules(body, world))
    if checker := reference(kind):
        whole = body if "to" in body else {**body, "to": "0"}
        found += [f"{kind}: {error.message}" for error in checker.iter_errors(whole)]
    return found


def _rules(body: dict[str, Any], world: World) -> Iterator[str]:
    kind = body["type"]
    inside = body[kind]
    if ("to" in body) == ("recipient" in body):
        yield "either to or recipient"
    if kind == "text" and not 1 <= len(inside["body"]) <= 4096:
        yield f"a text of {len(inside['body'])}"
    if kind == "interactive":
        yield from _interactive(inside, world)
    if kind == "template":
        yield from _template(inside, world)
    if kind in ("image", "video", "document", "audio", "sticker"):
        yield from _known(inside, world)
        if len(inside.get("caption", "")) > 1024 or ("caption" in inside and kind == "audio"):
            yield "a caption too long, or where none can be"


def _known(inside: dict[str, Any], world: World) -> Iterator[str]:
    if inside.get("id") not in world.media:
        yield f"no such media: {inside}"


def _interactive(inside: dict[str, Any], world: World) -> Iterator[str]:
    body, action, header = inside["body"]["text"], inside["action"], inside.get("header")
    if not 1 <= len(body) <= 1024:
        yield f"a body of {len(body)}"
    if inside["type"] == "button":
        if header and header["type"] != "text":
            yield from _known(header[header["type"]], world)
        yield from _choices([one["reply"] for one in action["buttons"]], 3, 20, 256)
        return
    if header and header["type"] != "text":
        yield "a list has no picture"
    if not 1 <= len(action["button"]) <= 20:
        yield "a list's button"
    rows = [row for section in action["sections"] for row in section["rows"]]
    yield from _choices(rows, 10, 24, 200)


def _choices(
    choices: list[dict[str, str]], most: int, longest: int, longest_id: int
) -> Iterator[str]:
    titles = [one["title"] for one in choices]
    if not 1 <= len(choices) <= most:
        yield f"{len(choices)} choices"
    if len(set(titles)) < len(titles) or len({one["id"] for one in choices}) < len(titles):
        yield f"twins among {titles}"
    for one in choices:
        if not 1 <= len(one["title"]) <= longest or not 1 <= len(one["id"]) <= longest_id:
            yield f"a title or id too long: {one}"
        if len(one.get("description", "")) > 72:
            yield f"a description too long: {one}"


def _template(inside: dict[str, Any], world: World) -> Iterator[str]:
    template = world.templates.get((inside["name"], inside["language"]["code"]))
    if template is None or template.status != "APPROVED":
        yield f"no such template: {inside['name']}"
        return
    parts = {part["type"]: part for part in inside["components"]}
    given = parts.get("body", {"parameters": []})["parameters"]
    names = {one.get("parameter_name") for one in given}
    if names != template.parameters:
        yield f"{inside['name']}: parameters {names}, not {template.parameters}"
    for one in given:
        if re.search(r"[\n\t]| {4}", one["text"]) or not one["text"]:
            yield f"{inside['name']}: a parameter with a newline, tab or four spaces, or empty"


@functools.cache
def reference(kind: str) -> Any:
    """The official schema of a message of this type, if the description is beside the working copy."""
    schemas = _schemas()
    name = f"{kind.capitalize()}Message"
    if not schemas or name not in schemas:
        return None
    whole = {**schemas[name], "components": {"schemas": schemas}}
    return jsonschema.Draft202012Validator(whole)


@functools.cache
def _schemas() -> dict[str, Any]:
    for parent in Path(__file__).resolve().parents:
        if (parent / FILE).is_file():
            text = (parent / FILE).read_text(encoding="utf-8").partition("\npaths:")[0]
            loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
            read = yaml.load(text, loader)  # noqa: S506 - the safe loader, in C where there is one
            schemas: dict[str, Any] = _usable(read["components"]["schemas"])
            return schemas
    return {}


def _usable(part: Any) -> Any:
    """The description without what makes it refuse its own examples."""
    if isinstance(part, list):
        return [_usable(one) for one in part]
    if not isinstance(part, dict):
        return part
    return {
        name: _usable(value)
        for name, value in part.items()
        if name not in _DROPPED or name == "properties"
    }
