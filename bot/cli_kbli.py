"""The command ``kbli``: which codes fit a business, and loading the official list."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.app import open_store, utc_now
from bot.config import settings
from bot.domain.guide_books import KbliCode
from bot.talk.kbli import Candidate, Kbli
from handlers.kbli_code import FOLDER
from storage.guides import load_codes

codes = typer.Typer()

#: What the columns of a list may be called, in the files that go round.
_CODE, _TITLE, _TEXT = (
    ("kode", "code", "kbli"),
    ("judul", "title", "nama"),
    ("uraian", "description", "text"),
)

#: A list of codes, and a file, that is larger than this is none.
_MOST, _LARGEST = 5_000, 20_000_000


@codes.command()
def kbli(
    words: Annotated[
        list[str] | None,
        typer.Argument(help="A business in everyday words; or `load FILE`, a list in JSON or CSV."),
    ] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Phrases in, a line each (or as words); up to three KBLI 2025 codes out.

    `kbli load FILE` puts the official list into the database; it is searched, too, from then on.
    """
    match words or []:
        case ["load", file]:
            _load(Path(file))
            return
        case []:
            phrases: Iterable[str] = (line.rstrip("\n") for line in sys.stdin)
        case said:
            phrases = [" ".join(said)]
    index = Kbli(FOLDER, _official())
    for phrase in phrases:
        print(_line(phrase, index.find(phrase), as_json=as_json))  # noqa: T201


def _line(phrase: str, found: Sequence[Candidate], *, as_json: bool) -> str:
    if as_json:
        rows = [{"code": one.code, "title": one.title, "score": one.score} for one in found]
        return json.dumps({"phrase": phrase, "codes": rows}, ensure_ascii=False)
    shown = (f"  {one.code}  {one.title} ({one.when})" for one in found)
    return "\n".join([phrase, *shown]) if found else f"{phrase}\n  -"


def _official() -> Sequence[KbliCode]:
    store = open_store(settings().database_url)
    try:
        with store.transaction() as books:
            return books.kbli_list()
    finally:
        store.close()


def _load(file: Path) -> None:
    try:
        if file.stat().st_size > _LARGEST:
            raise SystemExit(f"{file}: too large for a list of codes")
        found = read_list(file.read_text("utf-8"), json_file=file.suffix.lower() == ".json")
    except (OSError, ValueError) as fault:
        raise SystemExit(f"{file}: {fault}") from None
    store = open_store(settings().database_url)
    try:
        with store.engine.begin() as db:
            many = load_codes(db, found, utc_now())
    finally:
        store.close()
    print(f"loaded: {many} codes")  # noqa: T201


def read_list(written: str, *, json_file: bool) -> Sequence[KbliCode]:
    """The five-digit codes of a list in JSON (objects) or CSV (a header). Raises ValueError."""
    rows: Any = json.loads(written) if json_file else csv.DictReader(io.StringIO(written))
    if json_file and not isinstance(rows, list):
        raise ValueError("a JSON list of objects is expected")
    found: dict[str, KbliCode] = {}
    for row in rows:
        code, title, text = (_named(row, names) for names in (_CODE, _TITLE, _TEXT))
        if len(code) == 5 and code.isdecimal() and title:  # noqa: PLR2004 - a group's code is shorter
            found[code] = KbliCode(code, " ".join(title.split()), " ".join(text.split()))
    if not 0 < len(found) <= _MOST:
        raise ValueError(
            f"{len(found)} codes of five digits with a title; columns {_CODE}, {_TITLE}"
        )
    return list(found.values())


def _named(row: Mapping[str, Any], names: Sequence[str]) -> str:
    if not isinstance(row, Mapping):
        raise ValueError("a JSON list of objects is expected")  # noqa: TRY004 - the file is wrong
    lowered = {str(name).strip().lower(): value for name, value in row.items()}
    return next((str(lowered[name]).strip() for name in names if lowered.get(name)), "")
