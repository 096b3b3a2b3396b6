"""One message, one transaction: what was heard is understood, written down and answered."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

import structlog

from bot import gate
from bot.domain.calendar import Zone, local
from bot.domain.changes import Change, WordsUnplaced
from bot.domain.habits import Quiet
from bot.domain.invite import Ways
from bot.domain.people import Person
from bot.domain.pictures import PicturePassed
from bot.domain.privacy import masked, without_secrets
from bot.doors import OPENS
from bot.late_answers import agrees_late
from bot.mailings import unless_stopped
from bot.ports import (
    LONGEST_HEARD,
    Bubble,
    Clock,
    Conflict,
    Heard,
    Letter,
    OpenSession,
    Store,
    Unavailable,
    Writing,
)
from bot.scene import Scene
from bot.sharing import ask_who, who_writes
from bot.talk.answers import SKIPPED, Reply
from bot.talk.dialogue import NOT_UNDERSTOOD, Dialogue, Instead
from bot.talk.play import SILENCE
from bot.talk.route import (
    AGAIN,
    HELP,
    LEAVE,
    LOST,
    REPLY,
    SENT,
    UNCLEAR,
    Conversations,
    Start,
    plainly,
)
from bot.talk.texts import Texts
from bot.talk.understand import parts, read_amount

T = TypeVar("T")
log = structlog.get_logger()

#: "It is off" rather than "it is another amount".
_TAKES_BACK = re.compile(r"\b(?:jadi|batal)")

#: One conversation may turn to another, which may turn to a third.
MOST_TURNS = 3

#: Somebody else was faster so many times: then the message waits for the platform's next try.
MOST_CONFLICTS = 5


class Runner:
    """Gives each message to the conversation it belongs to."""

    def __init__(
        self,
        dialogues: Iterable[Dialogue],
        store: Store,
        texts: Texts,
        clock: Clock,
        ways: Callable[[], Ways] = Ways,
    ) -> None:
        self._conversations = Conversations(dialogues)
        self._store, self._texts, self._clock, self._ways = store, texts, clock, ways

    def receive(self, heard: Heard) -> None:
        """Take one message in; when this returns, it and its answers are written for good.

        A fault of ours changes nothing but that she is told so. Raises Unavailable when the
        database is away; the message may then be given again.
        """
        try:
            self._once(lambda books: self._hear(books, heard))
        except Unavailable:
            raise
        except Exception:
            log.exception("message_failed", channel=heard.channel, id=heard.id)
            self._once(lambda books: self._apologise(books, heard))

    def receive_together(self, many: Sequence[Heard]) -> None:
        """Take several messages in with one commit, or one by one when that does not work out.

        Raises Unavailable when the database is away; all of them may then be given again.
        """

        def all_of_them(books: Writing) -> None:
            for heard in many:
                self._hear(books, heard)

        if len(many) > 1:
            try:
                self._once(all_of_them)
            except Unavailable:
                raise
            except Exception:  # noqa: BLE001 - it is met again, and logged, one message at a time
                log.info("one_by_one", messages=len(many))
            else:
                return
        for heard in many:
            self.receive(heard)

    def wake(self, session_id: str) -> None:
        """Let a question that was left alone long enough hear the silence."""

        def hear_silence(books: Writing) -> None:
            found = books.session(session_id)
            if found is None:
                return
            books.hold(found.person)
            # Read again: another process may have woken it while we waited for her.
            session = books.session(session_id)
            if session is None or session.closed or session.wake_at is None:
                return
            if self._conversations.get(session.dialogue) is None:
                session.wake_at = None
                books.keep_session(session)
            elif session.wake_at <= self._clock():
                scene = self._scene(books, session.person)
                scene.resume(session, SILENCE)
                scene.post()

        self._once(hear_silence)

    def now(self) -> datetime:
        """The time, aware UTC."""
        return self._clock()

    def happen(self, change: Change, of: Person) -> None:
        """Let something happen that nobody said, in the name ``of`` somebody it concerns."""

        def it_happens(books: Writing) -> None:
            if isinstance(change, PicturePassed):
                books.hold(of.id)
                books.record(change)
                self._attend(books, books.person(of.id), gate.heard_again(change.came))
                return
            scene = self._scene(books, of.id)
            scene.happen(change)
            scene.post()

        self._once(it_happens)

    def speak(self, dialogue: str, of: int, facts: Mapping[str, object]) -> Bubble | None:
        """What a conversation says to many in the name ``of`` one; None when nothing.

        Raises Unavailable, and KeyError when there is no such conversation.
        """
        tell = self._conversations.called(dialogue)
        return self._once(lambda books: self._scene(books, of).put_into_words(tell, facts))

    def put_into_words(self, letters: Sequence[Letter]) -> dict[int, Bubble | datetime | None]:
        """What each letter says, by its number: None when it has nothing to say any more, an
        instant (aware UTC) when it is quiet where she lives and it should wait until then.

        One transaction for all. Raises Unavailable.
        """

        def words_for(books: Writing) -> dict[int, Bubble | datetime | None]:
            return {one.id: self._words(books, one) for one in letters}

        return self._once(words_for)

    def _words(self, books: Writing, letter: Letter) -> Bubble | datetime | None:
        about, person = letter.about, books.person(letter.person)
        group = books.group(about.group) if about else books.home(person)
        here = local(self._clock(), group.zone if group else Zone.WIB)
        quiet = group.quiet if group else Quiet()
        if quiet.holds(here.time()):
            return quiet.over(here) if about is None else None
        if about is None:
            return unless_stopped(books, letter)
        dialogue = self._conversations.get(about.says)
        if dialogue is None or about.day != here.date():
            return None
        facts = {"group": about.group, "member": about.member, "day": about.day.isoformat()}
        return self._scene(books, person.id).put_into_words(dialogue, facts)

    def _once(self, work: Callable[[Writing], T]) -> T:
        for _ in range(MOST_CONFLICTS - 1):
            try:
                with self._store.transaction() as books:
                    return work(books)
            except Conflict:
                log.info("conflict")
        with self._store.transaction() as books:
            return work(books)

    def _apologise(self, books: Writing, heard: Heard) -> None:
        if books.first_time(heard.channel, heard.id):
            scene = self._scene(books, _meet(books, heard).id, heard.at)
            scene.remark("trouble")
            scene.post()

    def _scene(self, books: Writing, person: int, heard_at: datetime | None = None) -> Scene:
        now, me = self._clock(), books.person(person)
        return Scene(self._conversations, self._texts, books, now, self._ways(), me, heard_at)

    def _hear(self, books: Writing, heard: Heard) -> None:
        if not books.first_time(heard.channel, heard.id):
            return
        me = _meet(books, heard)
        if not gate.stops(books, me, heard):
            self._attend(books, me, heard)

    def _attend(self, books: Writing, me: Person, heard: Heard) -> None:
        words, had_secrets = without_secrets(heard.words[:LONGEST_HEARD].strip())
        shared = None if heard.pressed == OPENS else books.sharing(me)
        if shared is not None:
            found = who_writes(books, shared, heard, words, self._clock())
            if found is None:
                ask_who(books, self._texts, shared, me, heard)
                return
            me, heard, words = found
        scene = self._scene(books, me.id, heard.at)
        if had_secrets:  # nothing is done with the rest: she may write it again without
            scene.remark("secret_number")
        elif heard.nod:
            self._nod(scene, heard)
            return
        elif heard.pressed == OPENS and books.waits_for(me):
            return  # what waited for this goes out now, and nothing else is to be said
        elif heard.pressed:
            self._press(scene, heard.pressed)
        else:
            self._listen(scene, heard, words)
        self._finish(scene, words)

    def _finish(self, scene: Scene, words: str) -> None:
        """Serve what she meant instead, ask again what is still open, and say it all."""
        for _ in range(MOST_TURNS):
            if scene.instead is not None:
                self._go_on(scene, scene.instead)
        scene.come_back()
        if scene.going_round():
            scene.lay_aside()
            scene.begin(self._conversations.wish(LOST), words)
        scene.post()

    def _go_on(self, scene: Scene, instead: Instead) -> None:
        if instead.wish:
            wished = self._conversations.wish(instead.wish)
            scene.begin(wished, instead.words, instead.facts)
        else:
            self._begin(scene, instead.words, str(instead.facts.get("media", "")))

    def _press(self, scene: Scene, payload: str) -> None:
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

    def _nod(self, scene: Scene, heard: Heard) -> None:
        """A sign put on one message answers that message's question, or nothing at all."""
        named = scene.books.session_of_message(scene.me, heard.reply_to)
        session = scene.books.session(named) if named else None
        hers = session is not None and not session.closed and session.person == scene.me.id
        if session and hers and scene.resume(session, Reply(heard.words)):
            scene.post()

    def _listen(self, scene: Scene, heard: Heard, words: str) -> None:
        media = heard.media.packed() if heard.media else ""
        if heard.reply_to and self._answers_broadcast(scene, heard.reply_to, words, media):
            return
        session = self._spoken_to(scene, heard.reply_to)
        if session is None or (media and not words and not session.state.get("free")):
            self._begin(scene, words, media)
        elif plainly(words) == LEAVE:
            scene.leave(session)
        elif plainly(words) == AGAIN:
            scene.restart(session)
        else:
            self._answer(scene, session, Reply(words, media=media))

    def _answers_broadcast(self, scene: Scene, reply_to: str, words: str, media: str) -> bool:
        """Give her words to the conversation about the broadcast they answer, if they answer one."""
        number = scene.books.broadcast_of_message(scene.me, reply_to)
        start = self._conversations.command(f"{REPLY} {number}") if number is not None else None
        if start is not None:
            scene.begin(start.dialogue, start.opening, {"words": words, "media": media})
        return start is not None

    def _spoken_to(self, scene: Scene, reply_to: str) -> OpenSession | None:
        """The conversation her words belong to: the message she answers, or what was asked last."""
        if reply_to:
            named = scene.books.session_of_message(scene.me, reply_to)
            session = scene.books.session(named) if named else None
            if session and not session.closed and self._conversations.get(session.dialogue):
                return session
            again = scene.again(session) if session else None
            if again:
                return again
        asked = [one for one in scene.books.sessions(scene.me) if one.asked_at]
        known = (one for one in reversed(asked) if self._conversations.get(one.dialogue))
        return next(known, None)

    def _answer(self, scene: Scene, session: OpenSession, reply: Reply) -> None:
        here, words = self._conversations.get(session.dialogue), reply.words
        if session.state.get("free"):
            other = self._conversations.named(words)
        else:
            other = scene.command(words)
            if other is None and read_amount(words).candidates:
                other = self._conversations.elsewhere(words, here)
            elif other and scene.stands_on_button(session, words):
                other = None
        if other is not None:
            self._turn_to(scene, session, other, words)
        elif scene.resume(session, None if agrees_late(scene, here, session, words) else reply):
            return
        elif here is not None and (here.yields or here.kind == NOT_UNDERSTOOD):
            scene.unsay()
            self._begin(scene, words)
        elif here is not None and here.verbatim:
            return  # it is asked again: what she wrote is for others, and no wish of hers
        elif wish := scene.command(words) or self._instead(words, here):
            scene.unsay()
            self._turn_to(scene, session, wish, words)

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


def _learn_from(scene: Scene, words: str) -> None:
    """Keep words nobody could place, masked, where her group agreed to that."""
    for mine in scene.books.memberships(scene.me)[:1]:
        group = scene.books.group(mine.group)
        if group.teaches:
            names = [one.person.name for one in scene.books.members(group.id)]
            scene.books.record(WordsUnplaced(group, masked(words, names)))


def _meet(books: Writing, heard: Heard) -> Person:
    return books.meet(heard.channel, heard.address, heard.phone, heard.open_until)
