"""Everything that is said because of one message, to everyone, within its transaction."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from datetime import date, datetime, timedelta
from typing import Any

from bot.astray import LATELY, MOST_REPEATED, is_lost, repeats_itself
from bot.bubbles import Piece, apart, bubbles
from bot.conversing import OpenSession
from bot.domain.calendar import Zone, in_daytime, local_day
from bot.domain.changes import Change
from bot.domain.invite import Ways
from bot.domain.kinds import Kind
from bot.domain.people import Person
from bot.domain.pictures import HELD_BACK
from bot.ports import Bubble, Writing
from bot.talk.answers import Reply
from bot.talk.dialogue import NOT_UNDERSTOOD, Dialogue, Instead, Line, Turn
from bot.talk.play import Played, Session, on_button, play
from bot.talk.route import Conversations, Start
from bot.talk.texts import COMMON, Texts

#: Conversations one person can be in at once; the oldest gives way.
MOST_OPEN = 60

#: A question is asked again so many times after something else, then it waits quietly; and so many
#: conversations of her own come back after the newest is over.
MOST_RETURNS, MOST_LEFT = 2, 1


class Scene:
    """One message's work: plays dialogues for ``me`` and whom they concern, and gathers what is said."""

    def __init__(
        self,
        conversations: Conversations,
        texts: Texts,
        books: Writing,
        now: datetime,
        ways: Ways,
        me: Person,
        heard_at: datetime | None = None,
    ) -> None:
        self.books, self.me = books, me
        self._heard_at = heard_at
        self._conversations, self._texts, self._now, self._ways = conversations, texts, now, ways
        self._pieces: list[Piece] = []
        self._asked = 0
        #: Something she said or pressed led nowhere.
        self.astray = False
        #: She meant something else: words to be read anew.
        self.instead: Instead | None = None

    def begin(
        self, dialogue: Dialogue, opening: str, facts: Mapping[str, Any] | None = None
    ) -> None:
        """Begin a conversation with her who spoke.

        An open one of the same kind gives way, and so does a question what she meant.
        """
        for other in self.books.sessions(self.me):
            theirs = self._conversations.get(other.dialogue)
            passing = theirs is not None and (theirs.yields or theirs.kind == NOT_UNDERSTOOD)
            if dialogue.follows is None and (theirs is dialogue or passing):
                self._close(other)
        self._begin_for(self.me, dialogue, opening, facts or {})

    def happen(self, change: Change) -> None:
        """Write down what happened by itself, and begin what follows from it."""
        self._record(change)

    def resume(self, kept: OpenSession, reply: Reply | None) -> bool:
        """Go on with a conversation, or ask it again; False when the words were no answer."""
        session = Session.of(kept.state)
        misses = session.misses
        self._play(self.books.person(kept.person), kept, session, reply)
        return session.misses <= misses

    def stands_on_button(self, kept: OpenSession, words: str) -> bool:
        """Whether these are the words on one of the buttons of an open question."""
        dialogue = self._conversations.get(kept.dialogue)
        session = Session.of(kept.state)
        if dialogue is None:
            return False
        return on_button(self._turn(self.me, dialogue, session), session.offered, words)

    def understands(self, kept: OpenSession, words: str) -> bool:
        """Whether an open question takes these words for its answer; nothing is done about it."""
        dialogue, session = self._conversations.get(kept.dialogue), Session.of(deepcopy(kept.state))
        if dialogue is None or session.free:
            return False
        asked, turn = session.asked, self._turn(self.me, dialogue, session)
        return not play(dialogue, turn, session, Reply(words)).open or session.asked != asked

    def command(self, words: str) -> Start | None:
        """The dialogue these words name; a keeper's word and more, said by no keeper, names none."""
        found = self._conversations.command(words)
        theirs = found is not None and found.for_keepers and not self._keeps()
        return self._conversations.named(words) if theirs else found

    def _keeps(self) -> bool:
        mine = self.books.memberships(self.me)
        holds = any(self.books.group(one.group).holder == one.number for one in mine)
        return holds or self.books.is_mentor(self.me)

    def make_sure(self, kept: OpenSession) -> None:
        """Ask a question once more before it is answered; one that is over only says so."""
        self.remark("make_sure")
        asks_what = len(self._pieces) - 1
        self.resume(kept, None)
        if kept.closed:
            del self._pieces[asks_what]
        kept.state = {**kept.state, "sure": True}
        self.books.keep_session(kept)

    def restart(self, kept: OpenSession) -> None:
        """Begin a conversation again from its first question."""
        session = Session.of(kept.state)
        fresh = Session(session.dialogue, session.today, session.facts)
        self._play(self.me, kept, fresh, None)

    def leave(self, kept: OpenSession) -> None:
        """Leave a conversation; one that others wait for is only laid aside."""
        dialogue = self._conversations.get(kept.dialogue)
        if dialogue is not None and dialogue.follows:
            self.put_off(kept)
            self.remark("laid_aside")
        else:
            self._close(kept)
            self.remark("left")

    def put_off(self, kept: OpenSession) -> None:
        """Ask this no more; its buttons, and a reply to it, stay good, and so does a word when nothing else is asked."""
        dialogue = self._conversations.get(kept.dialogue)
        aside = dialogue is not None and dialogue.kind is Kind.QUESTION
        kept.asked_at, kept.state = None, {**kept.state, "aside": aside}
        self.books.keep_session(kept)

    def recall(self, kept: OpenSession) -> None:
        """Say what became of a conversation that is over, one of whose buttons was pressed."""
        dialogue = self._conversations.get(kept.dialogue)
        before = Session.of(kept.state)
        if dialogue is not None and dialogue.follows:
            turn = self._turn(self.me, dialogue, before)
            again = Session(before.dialogue, before.today, before.facts)
            played = play(dialogue, turn, again, None)
            if not played.open and turn.said:
                self._speak(dialogue, self.me, turn.said)
                return
            # Too old, or one too many; or she went elsewhere from it: it waits for her all the same.
            if played.open and (before.asked or played.quietly):
                self._begin_for(self.me, dialogue, "", before.facts)
                return
        self.remark("button_over" if before.asked else "button_answered")

    def again(self, kept: OpenSession) -> OpenSession | None:
        """A conversation that is over, begun anew without a word, if its message still takes answers."""
        dialogue = self._conversations.get(kept.dialogue)
        if dialogue is None or dialogue.follows is None or kept.person != self.me.id:
            return None
        before = Session.of(kept.state)
        fresh = Session(before.dialogue, before.today, before.facts)
        turn = self._turn(self.me, dialogue, fresh)
        played = play(dialogue, turn, fresh, None)
        if not (played.open and played.quietly):
            return None
        once_more = OpenSession("", self.me.id, dialogue.name, {})
        self._keep(once_more, fresh, turn, played, dialogue)
        return once_more

    def come_back(self) -> None:
        """Ask again what she was asked before something else was served."""
        hers = [piece.session for piece in self._pieces if piece.to.id == self.me.id]
        if any(one and (one.asked_at or not self._begun_by_her(one)) for one in hers):
            return  # one question at a time, but for the quiet end of what she looked at
        for kept in reversed(self.books.sessions(self.me)):
            dialogue = self._conversations.get(kept.dialogue)
            if kept.asked_at is None or dialogue is None or dialogue.follows:
                continue
            if kept.state.get("once") or dialogue.kind == NOT_UNDERSTOOD:
                self.put_off(kept)  # it was about the words just before
                continue
            self._ask_again(kept, dialogue)
            return

    def _bring_back(self, name: str) -> None:
        """Ask the question of a conversation again that still stands, the newest, laid aside or not."""
        for kept in reversed(self.books.sessions(self.me)):
            if kept.dialogue == name and not self.is_over(kept):
                self.resume(kept, None)
                return

    def is_over(self, kept: OpenSession) -> bool:
        """Whether what an open question is about was settled by somebody else meanwhile."""
        dialogue = self._conversations.called(kept.dialogue)
        session = Session.of(deepcopy(kept.state))
        return not play(dialogue, self._turn(self.me, dialogue, session), session, None).open

    def _ask_again(self, kept: OpenSession, dialogue: Dialogue) -> None:
        session = Session.of(kept.state)
        turn, asked = self._turn(self.me, dialogue, session), session.asked
        still_open = play(dialogue, turn, session, None).open
        if not still_open or session.asked != asked:  # what it was about is over
            self._close(kept)
            return
        session.returns += 1
        kept.state = session.state()
        if session.returns > MOST_RETURNS:
            kept.asked_at = None  # its buttons stay good
        else:
            said = [line for line in turn.said[:-1] if line.again] + turn.said[-1:]
            self._speak(dialogue, self.me, said, session=kept)
        self.books.keep_session(kept)

    def asked_last(self) -> bool:
        """Whether the newest message on her screen asks something."""
        return self.newest_shown(HELD_BACK) != ""

    def newest_shown(self, back: timedelta) -> str:
        """The conversation of the newest message on her screen; "" for none, or none so far back."""
        shown = self.books.shown(self.me, self._now - back, 1)
        return shown[0][0] if shown else ""

    def going_round(self) -> bool:
        """Whether what she just heard only repeats that we do not understand one another.

        Twice in a row without understanding, thrice within a conversation, or the same words four
        times in five minutes.
        """
        if not self.astray:
            return False
        mine = [piece for piece in self._pieces if piece.to.id == self.me.id]
        before = self.books.spoken(self.me, self._now - LATELY, MOST_REPEATED)
        kinds = [piece.kind for piece in mine[-1:]] + [kind for kind, _ in before]
        text, within = "\n\n".join(one.said.text for one in mine), any(map(self._within, mine[-1:]))
        if repeats_itself(text, before) or is_lost(kinds, within=within):
            return True
        if is_lost(kinds, within=False):
            hers = self.books.memberships(self.me)
            self.remark("way_out" if hers else "way_out_alone", NOT_UNDERSTOOD)
        return False

    def _within(self, piece: Piece) -> bool:
        """Whether it asks something of a conversation, and not which one she means."""
        asks = self._conversations.get(piece.session.dialogue) if piece.session else None
        return asks is not None and asks.kind != NOT_UNDERSTOOD

    def lay_aside(self) -> None:
        """Ask no more for now, and take back what was said to her just now; buttons stay good."""
        self._pieces = [piece for piece in self._pieces if piece.to.id != self.me.id]
        for kept in self.books.sessions(self.me):
            dialogue = self._conversations.get(kept.dialogue)
            if kept.asked_at is None or dialogue is None:
                continue
            if not dialogue.follows or dialogue.kind is Kind.ANSWER:
                kept.asked_at = None
                self.books.keep_session(kept)

    def remark(self, key: str, kind: str = "answer") -> None:
        """Say a common text to her who spoke."""
        self.astray = True
        zone = self.books.zone_of(self.me)
        said = self._texts.bubble(COMMON, [Line(key, {})], you=self.me.you, zone=zone)
        self._pieces.append(Piece(self.me, said, kind))

    def unsay(self) -> None:
        """Take back the last thing said to her who spoke."""
        self._pieces.pop()

    def post(self) -> None:
        """Put one bubble for each person into the outbox: one turn, one bubble."""
        for person, bubble, kind, session in bubbles(self._pieces):
            session_id = session.id if session else None
            self.books.post(person, bubble, kind, session_id, self._heard_at)

    def put_into_words(self, dialogue: Dialogue, facts: Mapping[str, Any]) -> Bubble | None:
        """What a conversation says to ``me`` about these facts; what others hear is posted.

        None when it has nothing (more) to say. It may be asked again, so it asks no question.
        """
        self._begin_for(self.me, dialogue, "", facts)
        every = list(bubbles(self._pieces))
        mine = next((one for one in every if one[0].id == self.me.id), None)
        for person, bubble, kind, _ in (one for one in every if one is not mine):
            self.books.post(person, bubble, kind, None)
        return mine[1] if mine else None

    def _begin_for(
        self, person: Person, dialogue: Dialogue, opening: str, facts: Mapping[str, Any]
    ) -> None:
        today = local_day(self._now, self.books.zone_of(person)).isoformat()
        session = Session(dialogue.name, today, dict(facts), opening)
        self._play(person, OpenSession("", person.id, dialogue.name, {}), session, None)

    def _turn(self, person: Person, dialogue: Dialogue, session: Session) -> Turn:
        zone = self.books.zone_of(person)

        def wording(key: str, **facts: object) -> str:
            return self._texts.say(dialogue.name, key, you=person.you, zone=zone, **facts)

        return Turn(
            person,
            self.books,
            date.fromisoformat(session.today),
            zone,
            session.facts,
            self._ways,
            session.opening,
            wording,
        )

    def _play(
        self, person: Person, kept: OpenSession, session: Session, reply: Reply | None
    ) -> None:
        dialogue = self._conversations.get(session.dialogue)
        if dialogue is None:  # it was taken away while she was in it
            self._close(kept)
            self.remark("button_over")
            return
        turn = self._turn(person, dialogue, session)
        played = play(dialogue, turn, session, reply)
        self._keep(kept, session, turn, played, dialogue)
        missed = session.misses > 0 and reply is not None
        unclear = dialogue.kind == NOT_UNDERSTOOD and played.instead is None
        self.astray = self.astray or missed or unclear
        for_her = [line for line in turn.said if line.to is None]
        asking = kept if played.open else None
        self._speak(
            dialogue, person, for_her, session=asking, kind=NOT_UNDERSTOOD if missed else ""
        )
        for line in turn.said:
            if line.to is not None:
                self._speak(dialogue, line.to, [line])
        if played.later:
            self.put_off(kept)
            self.remark("laid_aside")
        if played.change is not None:
            self._record(played.change)
        if dialogue.recalls and not played.open:
            self._bring_back(dialogue.recalls)
        self.instead = played.instead

    def _record(self, change: Change) -> None:
        for happened in self.books.record(change):
            for follower in self._conversations.after(happened.change):
                for person in follower.to(happened.change, self.books) if follower.to else ():
                    if person.reachable:
                        self._begin_for(person, follower, "", happened.facts)

    def _keep(
        self, kept: OpenSession, session: Session, turn: Turn, played: Played, dialogue: Dialogue
    ) -> None:
        if not played.open and not kept.id:
            return  # said and done in one turn: nothing to remember
        if not kept.id:
            for oldest in self.books.sessions_beyond(turn.me, MOST_OPEN - 1):
                self._close(oldest)
        kept.state, kept.closed = session.state(), not played.open
        self._asked += 1  # so that of two questions in one turn the later is known to be later
        asked_at = self._now + timedelta(microseconds=self._asked)
        kept.asked_at = asked_at if played.open and not played.quietly else None
        kept.expires_at = self._now + dialogue.lasts
        kept.wake_at = in_daytime(self._now + played.wait, turn.zone) if played.wait else None
        self.books.keep_session(kept)
        if kept.asked_at is not None and dialogue.follows is None:
            self._lay_aside_older(turn.me, kept)

    def _lay_aside_older(self, person: Person, newest: OpenSession) -> None:
        """Of what she left half-way, one comes back by itself; the rest waits for its buttons."""
        begun = [one for one in self.books.sessions(person) if one.asked_at and one.id != newest.id]
        own = [one for one in begun if self._begun_by_her(one)]
        for older in own[:-MOST_LEFT]:
            older.asked_at = None
            self.books.keep_session(older)

    def _begun_by_her(self, kept: OpenSession) -> bool:
        dialogue = self._conversations.get(kept.dialogue)
        return dialogue is not None and dialogue.follows is None

    def _close(self, kept: OpenSession) -> None:
        kept.closed, kept.asked_at, kept.wake_at = True, None, None
        self.books.keep_session(kept)

    def _speak(
        self,
        dialogue: Dialogue,
        to: Person,
        lines: list[Line],
        *,
        session: OpenSession | None = None,
        kind: str = "",
    ) -> None:
        zone = self.books.zone_of(to) if lines else Zone.WIB
        for part in apart(lines, lambda line: line):
            said = self._texts.bubble(dialogue.name, part, you=to.you, zone=zone)
            self._pieces.append(Piece(to, said, kind or dialogue.kind, session))
