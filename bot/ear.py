"""What becomes of words and presses: an answer to a question, or something else she wants."""

from __future__ import annotations

import re

from bot.conversing import OpenSession
from bot.domain.changes import WordsUnplaced
from bot.domain.privacy import masked
from bot.doors import OPENS
from bot.late_answers import (
    answered_quietly,
    answers_another,
    denies_card,
    names_somebody,
    whose_button,
)
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
    MEMBERS_ONLY,
    NO_CARD,
    REPLY,
    SAVE,
    SENT,
    UNCLEAR,
    Conversations,
    Start,
    Unsure,
    plainly,
)
from bot.talk.understand import (
    bare_quantity,
    bare_reply,
    only_replies,
    parts,
    read_amount,
    read_yes_no,
    small_talk,
)

#: "It is off" rather than "it is another amount".
_TAKES_BACK = re.compile(r"\b(?:jadi|batal)")

#: What is off is money of hers.
_MONEY_OFF = re.compile(r"setor|nabung|tarik")

#: Wishes that put money in or take it out.
_MOVES = frozenset({SAVE, "tarik"})

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
        if scene.going_round() and not _says_nothing(words):
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
        if pointed is None and not media and self._on_a_button(scene, session, words):
            return
        if session is None or (media and not words and not session.state.get("free")):
            self._begin(scene, words, media)
        elif plainly(words) == LEAVE:
            self._leave(scene, session)
        elif plainly(words) == AGAIN:
            scene.restart(session)
        elif pointed is None and self._answers_another(scene, session, words):
            scene.make_sure(session)
        else:
            self._answer(scene, session, Reply(words, media=media))

    def _answers_another(self, scene: Scene, session: OpenSession, words: str) -> bool:
        here = self._conversations.get(session.dialogue)
        return here is not None and answers_another(scene, here, session, words)

    def _answers_quietly(self, scene: Scene, words: str) -> bool:
        """Whether they went to a question that waits behind all else; what is plainly a wish does not."""
        wish = scene.command(words) or self._conversations.told(words)
        return wish is None and answered_quietly(scene, words)

    def _on_a_button(self, scene: Scene, last: OpenSession | None, words: str) -> bool:
        """Give words that stand on a button of another question than the last to that question.

        Of several, or of one like the last, she is asked about the newest first.
        """
        if scene.command(words):
            return False
        if last is None:
            return self._answers_quietly(scene, words) or self._on_one_aside(scene, words)
        if last.state.get("free"):
            return False
        theirs = whose_button(scene, self._asked(scene), words)
        if not theirs or last in theirs:
            return False
        if len(theirs) == 1 and theirs[0].dialogue != last.dialogue:
            scene.resume(theirs[0], Reply(words))
        else:
            scene.make_sure(theirs[-1])
        return True

    def _on_one_aside(self, scene: Scene, words: str) -> bool:
        """Give a yes or no that nothing asks for to a question she laid aside; who names nobody is asked again."""
        if read_yes_no(words) is None or isinstance(self._wished(scene, words), Start):
            return False
        open_ones = scene.books.sessions(scene.me)
        aside = [
            one for one in open_ones if one.state.get("aside") and scene.understands(one, words)
        ]
        if not aside:
            return False
        if len(aside) == 1 and names_somebody(scene, words):
            scene.resume(aside[0], Reply(words))
        else:
            scene.make_sure(aside[-1])
        return True

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
        asked = self._asked(scene)
        return asked[-1] if asked else None

    def _asked(self, scene: Scene) -> list[OpenSession]:
        """The conversations that take words which point at none, the one asked last at the end."""
        known = self._conversations.get
        return [
            one for one in scene.books.sessions(scene.me) if one.asked_at and known(one.dialogue)
        ]

    def _answer(self, scene: Scene, session: OpenSession, reply: Reply) -> None:
        shows = reply.media and session.state.get("prose")  # a picture is for the human's eyes
        other = None if shows else self._other_wish(scene, session, reply.words)
        if other is not None:
            self._turn_to(scene, session, other, reply.words)
        elif not scene.resume(session, reply):
            self._missed(scene, session, reply.words)

    def _other_wish(self, scene: Scene, session: OpenSession, words: str) -> Start | None:
        """What words wish for that are surely no answer to the open question."""
        here, state = self._conversations.get(session.dialogue), session.state
        if state.get("free"):
            named = self._conversations.named(words) or _numbered(scene.command(words))
            return named or self._told(scene, here, words, for_humans=bool(state.get("prose")))
        command = scene.command(words)
        if command is not None:
            answers = scene.stands_on_button(session, words) or (
                command.dialogue.keepers and command.bare and scene.understands(session, words)
            )
            return None if answers else command
        if not read_amount(words).candidates:
            return None
        if state.get("sums"):
            return self._conversations.told(words)
        found = self._conversations.elsewhere(words, here)
        undone = found is not None and LEAVE in found.dialogue.wishes and here and here.follows
        return None if undone and scene.understands(session, words) else found

    def _told(
        self, scene: Scene, here: Dialogue | None, words: str, *, for_humans: bool
    ) -> Start | None:
        """A command told in so many words where any words are taken.

        What a human is to read may well be such words, but not where a member set out to write of
        her own accord: there "setor 10rb" is her money.
        """
        if here is None or here.verbatim:
            return None
        if for_humans and (here.follows or not scene.books.memberships(scene.me)):
            return None
        return self._conversations.told(words, of_money=for_humans)

    def _missed(self, scene: Scene, session: OpenSession, words: str) -> None:
        """What becomes of words that were no answer; the question was just asked again."""
        here = self._conversations.get(session.dialogue)
        if like := self._meant(scene, session, words):
            scene.unsay()
            if len(like) == 1 and names_somebody(scene, words):
                scene.resume(like[0], Reply(words))
            else:
                scene.make_sure(like[-1])
        elif here is not None and (here.yields or here.kind == NOT_UNDERSTOOD):
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

    def _meant(self, scene: Scene, session: OpenSession, words: str) -> list[OpenSession]:
        """Other questions like the open one, which words answer that say whose or how much:
        "sudah bu ani" while two claims wait.
        """
        which = read_amount(words).candidates or names_somebody(scene, words)
        if read_yes_no(words) is None or not which:
            return []
        others = [one for one in scene.books.sessions(scene.me) if one.dialogue == session.dialogue]
        return [one for one in others if one.id != session.id and scene.understands(one, words)]

    def _excuse(self, scene: Scene, session: OpenSession) -> None:
        """Take back that words were no answer: nothing was misunderstood."""
        scene.unsay()
        scene.astray = False
        session.state = {**session.state, "misses": session.state["misses"] - 1}

    def _turn_to(self, scene: Scene, session: OpenSession, wish: Start, words: str) -> None:
        """Serve another wish; to undo or to correct is about what is open, before anything else."""
        here = self._conversations.get(session.dialogue)
        if session.state.get("prose") and _MOVES.intersection(wish.dialogue.wishes):
            scene.put_off(session)  # she meant her money, not somebody who reads
        if here is None or not _undoes(wish, here, words):
            scene.begin(wish.dialogue, wish.opening)
        elif read_amount(words).candidates and not _TAKES_BACK.search(words.lower()):
            scene.begin(here, words)
        else:
            self._leave(scene, session)

    def _wished(self, scene: Scene, words: str) -> Start | Unsure:
        """What words wish for, of what she who said them can want."""
        wish = self._conversations.wished(words)
        if not isinstance(wish, Start) or not MEMBERS_ONLY.intersection(wish.dialogue.wishes):
            return wish
        in_so_many_words = plainly(words).startswith(wish.dialogue.says)
        member = in_so_many_words or scene.books.memberships(scene.me)
        return wish if member or not scene.books.is_mentor(scene.me) else Unsure(())

    def _leave(self, scene: Scene, session: OpenSession) -> None:
        """Leave what is open; money she told of since then is asked about too.

        To the question whether that is off, the word is a yes.
        """
        take_back = self._conversations.wish(LEAVE)
        if session.dialogue == take_back.name:
            if scene.resume(session, Reply(LEAVE)):
                return
            scene.unsay()
        here = self._conversations.get(session.dialogue)
        money = session.dialogue != take_back.name and _told_since(scene, session)
        if not (money and here and here.follows):  # what others wait for stays as it is
            scene.leave(session)
        if money:
            scene.begin(take_back, "")

    def _instead(self, words: str, here: Dialogue | None) -> Start | None:
        """What words that were no answer wish for: something else, or the same with another amount.

        A bare "belum" or "3 jam" begins nothing: it is an answer, if not to this question.
        """
        wish = self._conversations.wished(words)
        if here is not None and read_amount(words).candidates:
            likeliest = wish.dialogue.wishes if isinstance(wish, Start) else wish.wishes[:1]
            if set(likeliest) & set(here.wishes):
                return Start(here, words)
        found = self._conversations.elsewhere(words, here)
        leaves = found is not None and LEAVE in found.dialogue.wishes
        return found if leaves or not (bare_reply(words) or bare_quantity(words)) else None

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
            found = whole or scene.command(piece) or self._wished(scene, piece)
            if isinstance(found, Start):
                scene.begin(found.dialogue, found.opening, {"media": media} if media else None)
            else:
                _learn_from(scene, piece)
                facts = {"wishes": " ".join(found.wishes), "media": media}
                scene.begin(self._conversations.wish(UNCLEAR), piece, facts)


def _says_nothing(words: str) -> bool:
    """Whether there is nothing in the words that a human could help with."""
    nod = small_talk(words) or only_replies(words)
    return words != "" and (nod or plainly(words) == SKIPPED)


def _told_since(scene: Scene, session: OpenSession) -> bool:
    """Whether she put money aside, or asked for some, after the question of a conversation."""
    asked, told = session.asked_at, []
    for mine in scene.books.memberships(scene.me):
        told += [one.made_at for one in scene.books.waiting_claims(mine)]
        payouts = scene.books.payouts_waiting(mine.group)
        told += [one.made_at for one in payouts if one.member.number == mine.number]
    return asked is not None and any(at > asked for at in told)


def _numbered(start: Start | None) -> Start | None:
    """A command with nothing but a number behind it ("kotak 2") is no words for anybody."""
    return start if start is not None and start.opening.isdecimal() else None


def _undoes(wish: Start, here: Dialogue, words: str) -> bool:
    """Whether a wish is to undo what is open ``here``, and not some money told of elsewhere."""
    money = _MONEY_OFF.search(words.lower()) and not _MOVES.intersection(here.wishes)
    return LEAVE in wish.dialogue.wishes and not here.follows and not money


def _learn_from(scene: Scene, words: str) -> None:
    """Keep words nobody could place, masked, where her group agreed to that."""
    for mine in scene.books.memberships(scene.me)[:1]:
        group = scene.books.group(mine.group)
        if group.teaches:
            names = [one.person.name for one in scene.books.members(group.id)]
            scene.books.record(WordsUnplaced(group, masked(words, names)))
