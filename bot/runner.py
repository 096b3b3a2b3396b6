"""One message, one transaction: what was heard is understood, written down and answered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

import structlog

from bot import gate
from bot.domain.calendar import Zone, local
from bot.domain.changes import Change
from bot.domain.habits import Quiet
from bot.domain.invite import Ways
from bot.domain.people import Person
from bot.domain.pictures import PicturePassed
from bot.domain.privacy import without_secrets
from bot.doors import OPENS
from bot.ear import Ear
from bot.mailings import unless_stopped
from bot.ports import (
    LONGEST_HEARD,
    Bubble,
    Clock,
    Conflict,
    Heard,
    Letter,
    Store,
    Unavailable,
    Writing,
)
from bot.scene import Scene
from bot.sharing import ask_who, who_writes
from bot.talk.dialogue import Dialogue
from bot.talk.play import SILENCE
from bot.talk.route import (
    Conversations,
)
from bot.talk.texts import Texts

T = TypeVar("T")
log = structlog.get_logger()

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
        self._ear = Ear(self._conversations)
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
        if isinstance(change, PicturePassed):
            self._hear_picture(change, of)
            return

        def it_happens(books: Writing) -> None:
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

    def _hear_picture(self, passed: PicturePassed, of: Person) -> None:
        """Hear the message that waited at the gate; a fault of ours is said, as with any message."""
        heard = gate.heard_again(passed.came)

        def hear(books: Writing) -> None:
            books.hold(of.id)
            books.record(passed)
            self._attend(books, books.person(of.id), heard)

        def apologise(books: Writing) -> None:
            books.hold(of.id)
            books.record(passed)
            self._own_up(books, of.id, heard)

        try:
            self._once(hear)
        except (Conflict, Unavailable):
            raise
        except Exception:
            log.exception("message_failed", channel=heard.channel, errand=passed.errand)
            self._once(apologise)

    def _apologise(self, books: Writing, heard: Heard) -> None:
        if books.first_time(heard.channel, heard.id):
            self._own_up(books, _meet(books, heard).id, heard)

    def _own_up(self, books: Writing, person: int, heard: Heard) -> None:
        """Say that it is our fault."""
        scene = self._scene(books, person, heard.at)
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
            self._ear.nod(scene, heard)
            return
        elif heard.pressed == OPENS and books.waits_for(me):
            return  # what waited for this goes out now, and nothing else is to be said
        elif heard.pressed:
            self._ear.press(scene, heard.pressed)
        else:
            self._ear.listen(scene, heard, words)
        self._ear.finish(scene, words)


def _meet(books: Writing, heard: Heard) -> Person:
    return books.meet(heard.channel, heard.address, heard.phone, heard.open_until)
