"""A mentor asks something herself: the answers her members would be given."""

from __future__ import annotations

from bot.talk import Turn, among, ask, dialogue, text
from bot.talk.texts import Ours
from handlers.shelf import library, past

_LONGEST = 600


@dialogue(wishes=("cari jawaban",), yields=True)
async def look_up(turn: Turn) -> None:
    """The article that answers, or titles to choose from; there is nobody to pass it on to."""
    shelf = library(turn.books.articles())
    found = shelf.find(await ask("question", text(_LONGEST), already=turn.opening))
    answers = [one for it in found.answers if (one := shelf.article(it.id)) is not None]
    if not answers:
        turn.say("nothing")
        return
    article = answers[0]
    if not found.alone:
        article = await ask("which", among(answers, lambda one: one.title, lambda one: one.id))
    turn.say("article", title=article.title, text=Ours(article.spoken_to(turn.me.you)))
    since = past(article, turn.today)
    if since is not None:
        turn.say("past", since=since)
    turn.say("source", source=article.source, checked=article.checked)
