"""Questions in, a line each; answers out, for people or for programs."""

from __future__ import annotations

import json

from bot.talk.knowledge.search import Answer, Found, Library


def answer_line(library: Library, question: str, *, as_json: bool) -> str:
    """What the library has on one question: one JSON object, or a few lines to read."""
    found = library.find(question)
    return _as_json(question, found) if as_json else _to_read(question, found)


def _as_json(question: str, found: Found) -> str:
    answers = [_as_dict(one) for one in found.answers]
    row = {"question": question, "alone": found.alone, "answers": answers}
    return json.dumps(row, ensure_ascii=False)


def _as_dict(one: Answer) -> dict[str, object]:
    return {
        "id": one.id,
        "title": one.title,
        "tags": list(one.tags),
        "text": one.text,
        "score": one.score,
    }


def _to_read(question: str, found: Found) -> str:
    if not found.answers:
        return f"{question}\n  -> pendamping"
    first = "sendiri" if found.alone else "pilihan"
    rows = [f"  {one.score:.2f}  {one.id}: {one.title}" for one in found.answers]
    return "\n".join([f"{question}  ({first})", *rows])
