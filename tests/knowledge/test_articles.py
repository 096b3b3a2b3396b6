"""Every article keeps the manner: short, warm, dated, and small enough for one bubble."""

from __future__ import annotations

import re
from datetime import date

import pytest

from bot.talk.knowledge import Article, BadArticle, read_article
from tests.knowledge.measuring import ARTICLES, ELSEWHERE

#: A bubble with buttons on WhatsApp has 1024 signs; title, source and question go in as well.
_LONGEST_TEXT, _LONGEST_BUBBLE = 830, 1024
_LONGEST_TITLE = 24  # a row of a WhatsApp list
_LONGEST_ID = 40  # a button carries it
_NEVER = re.compile(
    r"\b(anda|kamu|user|nasabah|bunga|denda|hadiah|bonus|gagal|💸|validasi|otentikasi)\b",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"(?m)^#|__|`|\]\(|^- |\*\*")

#: An example, words to say, an amount, or steps to take.
_EXAMPLE = re.compile(r"misal|contoh|Rp ?\d|“|\"|:\n|1\.", re.IGNORECASE)

EACH = pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.id)


def test_there_are_enough() -> None:
    assert len(ARTICLES) >= 80
    assert len({one.title for one in ARTICLES}) == len(ARTICLES)
    assert len(ELSEWHERE) >= 10


@EACH
def test_is_short_and_warm(article: Article) -> None:
    assert 60 <= len(article.text.split()) <= 150
    assert len(article.text) <= _LONGEST_TEXT
    assert not _NEVER.findall(article.text), _NEVER.findall(article.text)
    assert not _MARKUP.search(article.text)
    assert article.text.count("*") % 2 == 0
    assert "!!" not in article.text


@EACH
def test_sentences_are_short(article: Article) -> None:
    for sentence in re.split(r"[.!?:;]\s|\n", article.text):
        assert len(sentence.split()) <= 17, sentence


@EACH
def test_has_an_example(article: Article) -> None:
    assert _EXAMPLE.search(article.text)


@EACH
def test_is_dated_sourced_and_asked_for_in_many_ways(article: Article) -> None:
    assert article.source
    assert article.by
    assert date(2026, 1, 1) <= article.checked <= date(2026, 12, 31)
    assert len(article.ways) >= 12
    assert len(set(article.ways)) == len(article.ways)
    assert len(article.tags) >= 3
    assert len(article.title) <= _LONGEST_TITLE
    assert len(article.id) <= _LONGEST_ID


def test_it_speaks_to_her_as_she_wants() -> None:
    article = read_article("satu", _WRITTEN)
    assert article.spoken_to("Kakak") == "Kakak bisa. Ibu-ibu juga."
    assert article.tags == ("modal", "tanya: apa")
    assert article.ways == ("satu", "dua")


@pytest.mark.parametrize(
    "written",
    ["", "---\ntitle: a\n", "---\ntitle: a\n---\nteks", "teks\n---\ntitle: a\n---\nteks"],
)
def test_what_is_no_article_is_refused_by_name(written: str) -> None:
    with pytest.raises(BadArticle, match="satu"):
        read_article("satu", written)


_WRITTEN = """---
title: Satu
tags: [modal, "tanya: apa"]
source: Praktik umum
checked: 2026-11-20
by: tim
ways:
  - satu
  - "dua"
---

Ibu bisa. Ibu-ibu juga.
"""


@EACH
def test_fits_one_bubble_with_all_that_is_said_around_it(article: Article) -> None:
    around = "**\n\n\n\nApakah ini membantu?\n\nSumber: . Diperiksa Jumat, 20 November 2026."
    assert len(article.title + article.text + article.source + around) <= _LONGEST_BUBBLE
