"""Telegram's HTML, read as strictly as its server reads it: text, entities, complaints."""

from __future__ import annotations

import html
import re
from typing import Any

TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline",
    "ins": "underline", "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "code": "code", "pre": "pre", "a": "text_link", "tg-spoiler": "spoiler",
    "blockquote": "blockquote",
}  # fmt: skip

_TOKEN = re.compile(r"<(/?)([a-zA-Z][\w-]*)([^<>]*)>|<|&(#x?[0-9a-fA-F]+|lt|gt|amp|quot);")
_HREF = re.compile(r"""\s*href\s*=\s*["']?([^"'\s>]+)["']?\s*""")


class BadEntities(Exception):
    """What the server says after ``Bad Request: can't parse entities:``."""


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def parse(source: str) -> tuple[str, list[dict[str, Any]]]:
    """The visible text and its entities, trimmed as the server trims them."""
    text = ""
    open_tags: list[tuple[str, dict[str, Any]]] = []
    entities: list[dict[str, Any]] = []
    at = 0
    for token in _TOKEN.finditer(source):
        text += source[at : token.start()]
        at = token.end()
        where = f"at byte offset {len(source[: token.start()].encode())}"
        closing, tag, rest = token[1], (token[2] or "").lower(), token[3] or ""
        if not tag:
            if token[0] == "<":
                raise BadEntities(f'Unsupported start tag "" {where}')
            text += html.unescape(token[0])
        elif tag not in TAGS:
            raise BadEntities(f'Unsupported start tag "{tag}" {where}')
        elif closing:
            if not open_tags or open_tags[-1][0] != tag:
                raise BadEntities(f'Unmatched end tag {where}, found "</{tag}>"')
            entity = open_tags.pop()[1]
            entity["length"] = units(text) - entity["offset"]
            if entity["length"]:
                entities.append(entity)
        else:
            entity = {"type": TAGS[tag], "offset": units(text), "length": 0}
            if tag == "a" and (link := _HREF.fullmatch(rest)):
                entity["url"] = html.unescape(link[1])
            open_tags.append((tag, entity))
    if open_tags:
        raise BadEntities(f'Can\'t find end tag corresponding to start tag "{open_tags[-1][0]}"')
    return trimmed(text + source[at:], entities)


def trimmed(text: str, entities: list[dict[str, Any]]) -> tuple[str, list[dict[str, Any]]]:
    kept = text.strip()
    before = units(text[: len(text) - len(text.lstrip())])
    whole = units(kept)
    moved = []
    for entity in sorted(entities, key=lambda one: (one["offset"], -one["length"])):
        start = max(entity["offset"] - before, 0)
        end = min(entity["offset"] + entity["length"] - before, whole)
        if start < end:
            moved.append({**entity, "offset": start, "length": end - start})
    return kept, moved
