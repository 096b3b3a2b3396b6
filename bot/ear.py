"""What becomes of words and presses: an answer to a question, or something else she wants."""

from __future__ import annotations

import re

from bot.conversing import OpenSession
from bot.domain.changes import WordsUnplaced
from bot.domain.privacy import masked
from bot.doors import OPENS
from bot.late_answers import answers_another, denies_card
from bot.ports import Heard
from bot.scene import Scene
from bot.talk.answers import SKIPPED, Reply
from bot.talk.dialogue import NOT_UNDERSTOOD, Dialogue, Instead
from bot.talk.route import (
    AGAIN,
    GREETING,
    HELP,
    LEAVE,
    LOST,
    NO_CARD,
    REPLY,
    SENT,
    UNCLEAR,
    Conversations,
    Start,
    plainly,
)
from bot.talk.understand import parts, read_amount, small_talk

#: "It is off" rather than "it is another amount".
_TAKES_BACK = re.compile(r"\b(?:jadi|batal)")

#: One conversation may turn to another, which may turn to a third.
MOST_TURNS = 3


class Ear:
    """Gives what was heard to the conversation of a scene it belongs to."""

    def __init__(self, conversations: Conversations) -> None:
        self._conversations = conversations

    def finish(self, scene: Scene, words: str) -> None:
        """Serve what she meant instead, ask again what is still open, and say it all."""
        for _ in range(MOST_TURNS):
            meant, scene.instead = scene.instead, None
            if meant is not None:
                self._go_on(scene, meant)
        scene.come_back()
        if scene.going_round() and not small_talk(words) and plainly(words) != SKIPPED:
            scene.lay_aside()
            scene.begin(self._conversations.wish(LOST), words)
        scene.post()

    def _go_on(self, scene: Scene, instead: Instead) -> None:
        if instead.wish:
            wished = self._conversations.wish(instead.wish)
            scene.begin(wished, instead.words, instead.facts)
        else:
            self._begin(scene, instead.words, str(instead.facts.get("media", "")))

    def press(self, scene: Scene, payload: str) -> None:
        """A button: its own question's answer, or the words on it."""
        if payload.startswith("="):
            self._begin(scene, payload[1:])
            return
        if payload == OPENS:
            scene.begin(self._conversations.wish(HELP), "")
            return
        session_id, _, rest = payload.partition(":")
        question, _, value = rest.partition(":")
        session = scene.books.session(session_id)
        if session is None or session.person != scene.me.id:
            scene.remark("button_unknown")
        elif session.closed or self._conversations.get(session.dialogue) is None:
            scene.recall(session)
        elif session.state.get("asked") != question:
            scene.remark("button_answered")
        else:
            scene.resume(session, Reply(chosen=value))

    def nod(self, scene: Scene, heard: Heard) -> None:
        """A sign put on one message answers that message's question, or nothing at all."""
        named = scene.books.session_of_message(scene.me, heard.reply_to)
        session = scene.books.session(named) if named else None
        hers = session is not None and not session.closed and session.person == scene.me.id
        if session and hers and scene.resume(session, Reply(heard.words)):
            scene.post()

    def listen(self, scene: Scene, heard: Heard, words: str) -> None:
        """Typed words, or something sent along, with or without words."""
        media = heard.media.packed() if heard.media else ""
        if heard.reply_to and self._answers_broadcast(scene, heard.reply_to, words, media):
            return
        pointed = self._pointed_at(scene, heard.reply_to) if heard.reply_to else None
        if pointed is None and not media and denies_card(scene, words):
            self._begin(scene, NO_CARD)
            return
        session = pointed or self._asked_last(scene)
        if session is None or (media and not words and not session.state.get("free")):
            self._begin(scene, words, media)
        elif plainly(words) == LEAVE:
            scene.leave(session)
        elif plainly(words) == AGAIN:
            scene.restart(session)
        elif pointed is None and self._answers_another(scene, session, words):
            scene.make_sure(session)
        else:
            self._answer(scene, session, Reply(words, media=media))

    def _answers_another(self, scene: Scene, session: OpenSession, words: str) -> bool:
        here = self._conversations.get(session.dialogue)
        return here is not None and answers_another(scene, here, session, words)

    def _answers_broadcast(self, scene: Scene, reply_to: str, words: str, media: str) -> bool:
        """Give her words to the conversation about the broadcast they answer, if they answer one."""
        number = scene.books.broadcast_of_message(scene.me, reply_to)
        start = self._conversations.command(f"{REPLY} {number}") if number is not None else None
        if start is not None:
            scene.begin(start.dialogue, start.opening, {"words": words, "media": media})
        return start is not None

    def _pointed_at(self, scene: Scene, reply_to: str) -> OpenSession | None:
        """The conversation of the message she replied to, if it still takes answers."""
        named = scene.books.session_of_message(scene.me, reply_to)
        session = scene.books.session(named) if named else None
        if session and not session.closed and self._conversations.get(session.dialogue):
            return session
        return scene.again(session) if session else None

    def _asked_last(self, scene: Scene) -> OpenSession | None:
        """The conversation that words belong to which point at none."""
        asked = [one for one in scene.books.sessions(scene.me) if one.asked_at]
        known = (one for one in reversed(asked) if self._conversations.get(one.dialogue))
        return next(known, None)

    def _answer(self, scene: Scene, session: OpenSession, reply: Reply) -> None:
        other = self._other_wish(scene, session, reply.words)
        if other is not None:
            self._turn_to(scene, session, other, reply.words)
        elif not scene.resume(session, reply):
            self._missed(scene, session, reply.words)

    def _other_wish(self, scene: Scene, session: OpenSession, words: str) -> Start | None:
        """What words wish for that are surely no answer to the open question."""
        here, state = self._conversations.get(session.dialogue), session.state
        if state.get("free"):
            for_humans = state.get("prose") or (here is not None and here.verbatim)
            named = self._conversations.named(words) or _numbered(scene.command(words))
            return named if named or for_humans else self._conversations.told(words)
        command = scene.command(words)
        if command is not None:
            return None if scene.stands_on_button(session, words) else command
        if not read_amount(words).candidates:
            return None
        if state.get("sums"):
            return self._conversations.told(words)
        return self._conversations.elsewhere(words, here)

    def _missed(self, scene: Scene, session: OpenSession, words: str) -> None:
        """What becomes of words that were no answer; the question was just asked again."""
        here = self._conversations.get(session.dialogue)
        if here is not None and (here.yields or here.kind == NOT_UNDERSTOOD):
            scene.unsay()
            self._begin(scene, words)
        elif small_talk(words):
            self._excuse(scene, session)
            scene.begin(self._conversations.wish(GREETING), words, {"brief": True})
            scene.resume(session, None)
        elif plainly(words) == SKIPPED:
            self._excuse(scene, session)
            scene.remark("needed")
            scene.resume(session, None)
        elif here is not None and here.verbatim:
            return  # what she wrote is for others, and no wish of hers
        elif wish := scene.command(words) or self._instead(words, here):
            scene.unsay()
            self._turn_to(scene, session, wish, words)

    def _excuse(self, scene: Scene, session: OpenSession) -> None:
        """Take back that words were no answer: nothing was misunderstood."""
        scene.unsay()
        scene.astray = False
        session.state = {**session.state, "misses": session.state["misses"] - 1}

    def _turn_to(self, scene: Scene, session: OpenSession, wish: Start, words: str) -> None:
        """Serve another wish; to undo or to correct is about what is open, before anything else."""
        here = self._conversations.get(session.dialogue)
        undoes = LEAVE in wish.dialogue.wishes and here is not None and not here.follows
        if not undoes or here is None:
            scene.begin(wish.dialogue, wish.opening)
        elif read_amount(words).candidates and not _TAKES_BACK.search(words.lower()):
            scene.begin(here, words)
        else:
            scene.leave(session)

    def _instead(self, words: str, here: Dialogue | None) -> Start | None:
        """What words that were no answer wish for: something else, or the same with another amount."""
        wish = self._conversations.wished(words)
        if here is not None and read_amount(words).candidates:
            likeliest = wish.dialogue.wishes if isinstance(wish, Start) else wish.wishes[:1]
            if set(likeliest) & set(here.wishes):
                return Start(here, words)
        return self._conversations.elsewhere(words, here)

    def _begin(self, scene: Scene, words: str, media: str = "") -> None:
        """Words that answer nothing: every wish in them is served, in order."""
        if not words:
            if media:
                scene.begin(self._conversations.wish(SENT), "", {"media": media})
            return
        if plainly(words) in (AGAIN, SKIPPED):  # said to a question, and there is none
            scene.remark("nothing_open")
            return
        whole = scene.command(words)
        for piece in [words] if whole else parts(words):
            found = whole or scene.command(piece) or self._conversations.wished(piece)
            if isinstance(found, Start):
                scene.begin(found.dialogue, found.opening, {"media": media} if media else None)
            else:
                _learn_from(scene, piece)
                facts = {"wishes": " ".join(found.wishes), "media": media}
                scene.begin(self._conversations.wish(UNCLEAR), piece, facts)


def _numbered(start: Start | None) -> Start | None:
    """A command with nothing but a number behind it ("kotak 2") is no words for anybody."""
    return start if start is not None and start.opening.isdecimal() else None


def _learn_from(scene: Scene, words: str) -> None:
    """Keep words nobody could place, masked, where her group agreed to that."""
    for mine in scene.books.memberships(scene.me)[:1]:
        group = scene.books.group(mine.group)
        if group.teaches:
            names = [one.person.name for one in scene.books.members(group.id)]
            scene.books.record(WordsUnplaced(group, masked(words, names)))
