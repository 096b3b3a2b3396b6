"""Vetted answers to what members ask, and how the right one is found in their own words."""

from bot.talk.knowledge.articles import (
    Article,
    BadArticle,
    read_article,
    read_articles,
    read_elsewhere,
)
from bot.talk.knowledge.lines import answer_line
from bot.talk.knowledge.search import Answer, Found, Library
from bot.talk.knowledge.topics import topic_of
from bot.talk.knowledge.words import asks

__all__ = [
    "Answer",
    "Article",
    "BadArticle",
    "Found",
    "Library",
    "answer_line",
    "asks",
    "read_article",
    "read_articles",
    "read_elsewhere",
    "topic_of",
]
