"""``pendamping ask`` knows what mentors wrote in chat, where a database is named."""

from __future__ import annotations

import json
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.app import open_store
from bot.cli import app
from bot.domain.articles import ArticleWritten, Written

QUESTION = "balai latihan menjahit di Stabat buka kapan"


def first_answer() -> str:
    ask = partial(CliRunner().invoke, app, ["ask", "--json"])
    answers = json.loads(ask(input=f"{QUESTION}\n").stdout)["answers"]
    return answers[0]["title"] if answers else ""


def test_what_mentors_wrote_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert first_answer() != "Balai latihan Stabat"
    url = f"sqlite:///{tmp_path}/kept.db"
    store = open_store(url)
    with store.transaction() as books:
        dewi = books.meet("practice", "dewi")
        words = (
            "Balai latihan menjahit di Stabat buka Senin sampai Kamis, pukul 09.00 sampai 15.00."
        )
        new = Written(
            "", 0, "Balai latihan Stabat", words, (QUESTION,), None, date(2026, 11, 23), dewi
        )
        books.record(ArticleWritten(new))
    store.close()
    monkeypatch.setenv("DATABASE_URL", url)
    assert first_answer() == "Balai latihan Stabat"
