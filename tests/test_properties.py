"""Whatever people say, press and wait, the books stay true to what they were told.

The model knows nothing of the program: it is what stands in the bubbles. A receipt is money, a
"menunggu" is a claim; after every step that has to be what the database holds.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Engine, bindparam, func, select

from bot.app import assemble
from bot.cast import seed
from bot.delivery import deliver_now
from bot.files import Media, MediaKind
from bot.ports import (
    Bubble,
    Heard,
    Letter,
)
from bot.runner import Runner
from bot.ticker import Ticker
from storage.ledger_tables import balance, claim, entry, posting
from storage.store import SqlStore
from storage.tables import contact, member, session
from tests import told
from tests.told import Told, rupiah

CHANNEL = "practice"
MEMBERS = ("Rina", "Sari", "Ani")
NEWCOMERS = ("Wati", "Lina")
EVERYBODY = ("Dewi", *MEMBERS, *NEWCOMERS)

#: Never unusual for anybody here, so that a clear word is enough.
amounts = st.integers(50, 450).map(lambda hundreds: hundreds * 100)

#: What else people say, at whatever moment.
words = st.sampled_from(
    [
        "saldo", "riwayat", "batal", "ulang", "ya", "tidak", "belum", "sudah", "lewati", "siapa",
        "bantuan", "profil", "halo", "10rb", "kemarin", "2", "yang pertama", "Sari", "pemegang Ani",
        "pemegang rina", "berhenti", "undang", "pendamping saya mau tanya", "anggota baru Bu Tuti",
        "ingatkan jam 19.00", "terima kasih ya", "setor", "nabung kemarin", "setor 1jt", "20",
        "catat", "catat Sari 10rb\nAni goceng\nBu Entah 7rb", "jualan kue", "apa itu?", "*", "{ibu}",
        "oss", "pasar", "kbli keripik", "konsultasi kue saya cepat basi", "kotak", "siaran", "tahap",
        "kegiatan baru", "fgd", "buku", "data saya", "hapus data", "promosi", "tarik 5rb", "teman",
        "target 500rb", "tanya kelompok", "evaluasi", "laporan", "kontrak", "libur",
    ]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """A button somebody saw, ever."""

    name: str
    label: str
    payload: str


class Savers(RuleBasedStateMachine):
    """One group in a database that other groups share."""

    engine: Engine
    numbers = itertools.count(1)

    def __init__(self) -> None:
        super().__init__()
        self.now = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
        self.number = next(self.numbers)
        self.run = f"r{self.number}"
        self.codes = itertools.count(1)
        self.told = Told()
        self.buttons: list[Shown] = []
        self.messages = itertools.count(1)
        self.store: SqlStore
        self.runner: Runner

    @initialize()
    def begins(self) -> None:
        self.restarts()
        made = seed(self.store, self.store.invite_mentor("Dewi"), CHANNEL, self.address)
        self.group, self.code = made.id, made.code

    def address(self, name: str) -> str:
        return f"{self.run}/{name}"

    def a_code(self, length: int) -> str:
        """Codes in order, so that a story goes the same way each time it is told."""
        return f"{self.number:03}{next(self.codes):0{length - 3}}"

    # What happens

    @rule()
    def restarts(self) -> None:
        """Nothing that matters lives in memory."""
        self.store = SqlStore(self.engine, lambda: self.now, self.a_code)
        self.runner = assemble(self.store, lambda: self.now)

    @rule(
        name=st.sampled_from(MEMBERS),
        amount=amounts,
        form=st.sampled_from(
            ["setor {0}", "saya nabung {1}", "setor {2} ribu", "setor Rp{1} ya bu"]
        ),
        again=st.booleans(),
    )
    def deposits(self, name: str, amount: int, form: str, *, again: bool) -> None:
        dotted = f"{amount:,}".replace(",", ".")
        thousands = f"{amount / 1000:g}".replace(".", ",")
        at_rest = self.at_rest(name)
        before = self.told.waiting[name][amount]
        self.says(name, form.format(amount, dotted, thousands), again=again)
        if at_rest and self.told.waiting[name][amount] == before:
            # One more of what waits already? Or the money the holder has written down?
            self.says(name, "ya" if before else "bukan")
        if at_rest:
            assert self.told.waiting[name][amount] == before + 1, f"not understood: {form} {amount}"

    @rule(given=st.lists(st.tuples(st.sampled_from(MEMBERS), amounts), min_size=2, max_size=4))
    def a_crowd_deposits(self, given: list[tuple[str, int]]) -> None:
        """Several messages share a commit."""
        heard = [self.heard(name, words=f"setor {amount}") for name, amount in given]
        self.runner.receive_together([*heard, heard[0]])
        self.collect(bubbles_each=len(given))

    @rule(
        names=st.lists(st.sampled_from(("Sari", "Ani", "sarri", "bu ani")), min_size=1, max_size=3),
        amount=amounts,
    )
    def the_holder_writes_a_list(self, names: list[str], amount: int) -> None:
        lines = "\n".join(f"{name} {amount + place * 100}" for place, name in enumerate(names))
        self.says("Rina", f"catat {lines}")
        self.says("Rina", "ya")

    @rule(name=st.sampled_from(EVERYBODY), what=words, again=st.booleans())
    def something_is_said(self, name: str, what: str, *, again: bool) -> None:
        self.says(name, what, again=again)

    @rule(name=st.sampled_from(EVERYBODY), consents=st.booleans())
    def joins(self, name: str, *, consents: bool) -> None:
        for said in (f"gabung {self.code}", "ya", "ya", "setuju" if consents else "tidak"):
            self.says(name, said)
        for said in (f"bu {name}", "kerupuk", "10rb", "lewati") if consents else ():
            self.says(name, said)

    @rule(name=st.sampled_from((*MEMBERS, *NEWCOMERS)), what=st.sampled_from(["ya", "tidak"]))
    def leaves(self, name: str, what: str) -> None:
        self.says(name, "berhenti")
        self.says(name, what)

    @rule(name=st.sampled_from(EVERYBODY))
    def sends_a_photo(self, name: str) -> None:
        self.hears(self.heard(name, media=Media(MediaKind.PHOTO, "1", CHANNEL)))

    @precondition(lambda self: self.buttons)
    @rule(data=st.data(), again=st.booleans(), typed=st.booleans())
    def a_new_button_is_pressed(self, data: st.DataObject, *, again: bool, typed: bool) -> None:
        shown = data.draw(st.sampled_from(self.buttons[-6:]))
        if typed:
            self.says(shown.name, shown.label, again=again)
        else:
            self.presses(shown, again=again)

    @precondition(lambda self: self.buttons)
    @rule(data=st.data())
    def an_old_button_is_pressed(self, data: st.DataObject) -> None:
        self.presses(data.draw(st.sampled_from(self.buttons)))

    @rule(
        hours=st.sampled_from([0.2, 7, 26, 8 * 24, 31 * 24]),
    )
    def time_passes(self, hours: float) -> None:
        self.now += timedelta(hours=hours)
        Ticker(self.runner, self.store, lambda: self.now, lambda: None).look()
        self.collect(bubbles_each=None)

    # How it happens

    def at_rest(self, name: str) -> bool:
        """Whether nothing is being asked of her and a deposit of hers could be confirmed.

        Beside an open weekly statement an amount may be what should stand there, so she is asked.
        """
        who = select(contact.c.person).where(contact.c.address == self.address(name))
        asks = session.c.asked_at.is_not(None) | (session.c.dialogue == "weekly")
        asked = select(func.count()).where(session.c.person.in_(who), ~session.c.closed, asks)
        active = select(func.count()).where(
            member.c.person.in_(who), member.c.group_id == self.group, member.c.active
        )
        with self.engine.connect() as db:
            asked_now, is_member = db.execute(asked).scalar_one(), db.execute(active).scalar_one()
        return not asked_now and bool(is_member)

    def says(self, name: str, what: str, *, again: bool = False) -> None:
        self.hears(self.heard(name, words=what), again=again)

    def presses(self, shown: Shown, *, again: bool = False) -> None:
        self.hears(self.heard(shown.name, pressed=shown.payload), again=again)

    def heard(self, name: str, **more: Any) -> Heard:
        number = f"{self.run}-{next(self.messages)}"
        return Heard(CHANNEL, number, self.address(name), self.now, **more)

    def hears(self, heard: Heard, *, again: bool = False) -> None:
        self.now += timedelta(seconds=20)
        self.runner.receive(heard)
        self.collect(bubbles_each=1)
        if again:
            self.runner.receive(heard)
            assert not self.letters(), "heard twice, answered twice"

    def letters(self) -> list[Letter]:
        found = list(deliver_now(self.store.outbox, CHANNEL, self.now, lambda some: some))
        # Others in the database may have letters too, if their story ended in an error.
        return [one for one in found if one.address.startswith(f"{self.run}/")]

    def collect(self, *, bubbles_each: int | None) -> None:
        """Everybody reads what came: this is all the model learns."""
        letters = self.letters()
        # A bubble carries one picture: what was sent twice is shown in two.
        count = Counter(letter.address for letter in letters if not letter.bubble.media)
        if bubbles_each is not None:
            most = max(count.values(), default=0)
            assert most <= bubbles_each or bubbles_each > 1, "more than one bubble in a turn"
        for letter in letters:
            name = letter.address.partition("/")[2]
            self.reads(name, letter.bubble)
            self.buttons += [Shown(name, one.label, one.payload) for one in letter.bubble.buttons]

    def reads(self, name: str, bubble: Bubble) -> None:
        for amount in self.told.hears(name, bubble.text):
            with self.engine.connect() as db:
                off = set(db.execute(_withdrawn, {"of": self.group}).scalars())
            self.told.agrees(name, amount, off)
        for instead, was in told.COUNTED.findall(bubble.text):
            asked = bubble.buttons[0].payload.partition(":")[0]
            with self.engine.connect() as db:
                claimed = db.execute(_asked, {"id": asked}).scalar_one()["facts"]["claim"]
            self.told.counted[claimed] = (name, rupiah(was), rupiah(instead))

    # What must always be so

    @invariant()
    def books_are_what_people_were_told(self) -> None:
        if not hasattr(self, "group"):
            return
        with self.engine.connect() as db:
            names = dict(self.names(db))
            entries = {
                row.number: (names.get(row.member, ""), row.rupiah)
                for row in db.execute(_entries, {"of": self.group})
            }
            claims = db.execute(_claims, {"of": self.group}).all()
            postings = db.execute(_postings, {"of": self.group}).all()
            cached = {
                (row.account, row.member): row.rupiah
                for row in db.execute(_balances, {"of": self.group})
            }
        entered = {number: receipt for number, receipt in entries.items() if receipt[0]}
        assert entered == self.told.receipts
        self.check_postings(postings, cached)
        self.check_claims(claims, entries, names)

    def names(self, db: Any) -> Iterable[tuple[int, str]]:
        for row in db.execute(_members, {"of": self.group}):
            yield row.number, row.address.partition("/")[2]

    def check_postings(self, postings: Any, cached: dict[tuple[str, int], int]) -> None:
        sums, derived = Counter[int](), Counter[tuple[str, int]]()
        for row in postings:
            sums[row.entry] += row.rupiah
            derived[row.account, row.member] += row.rupiah
        assert not any(sums.values()), "an entry does not sum to zero"
        assert derived == Counter(cached), "kept and derived balances differ"
        assert all(-cached[key] >= 0 for key in cached if key[0] == "savings"), "negative savings"

    def check_claims(
        self, claims: Any, entries: dict[int, tuple[str, int]], names: dict[int, str]
    ) -> None:
        waiting: dict[str, Counter[int]] = defaultdict(Counter)
        received = [row for row in claims if row.state == "received"]
        for row in claims:
            if row.state == "waiting":
                waiting[names[row.member]][row.rupiah] += 1
        assert len({row.entry for row in received}) == len(received), "one entry for two claims"
        for row in received:
            assert entries[row.entry] == (names[row.member], row.rupiah)
        booked = Counter((names[row.member], row.rupiah) for row in received)
        for name in MEMBERS:
            # A receipt settles a claim of its amount, unless the holder wrote it down herself.
            expected = {
                amount: count - booked[name, amount]
                for amount, count in self.told.waiting[name].items()
                if count - booked[name, amount]
            }
            assert expected == {amount: n for amount, n in waiting[name].items() if n}

    def teardown(self) -> None:
        """Whoever was asked can still say yes, however much happened since."""
        if not hasattr(self, "group"):
            return
        with self.engine.connect() as db:
            waits = _claims.where(claim.c.state == "waiting")
            open_ = {row.number: row.confirmer for row in db.execute(waits, {"of": self.group})}
            asked = db.execute(_confirms).all()
        for one in asked:
            facts = one.state["facts"]
            if facts["group"] == self.group and facts["claim"] in open_:
                self.says_yes(f"{one.id}:", facts["claim"])

    def says_yes(self, begins: str, number: int) -> None:
        asked = [one for one in self.buttons if one.payload.startswith(begins)]
        for _ in range(2):  # one that was laid aside long ago asks once more
            seen = len(self.buttons)
            yes = [one for one in asked if one.payload.endswith(":arrived")]
            if not yes:
                return
            self.presses(yes[0])
            with self.engine.connect() as db:
                this = _claims.where(claim.c.number == number)
                if db.execute(this, {"of": self.group}).one().state == "received":
                    return
            asked = self.buttons[seen:]
        raise AssertionError(f"claim {number} can no longer be confirmed")


_of = {table: table.c.group_id == bindparam("of") for table in (entry, claim, posting, balance)}
_entries = select(entry.c.number, entry.c.member, entry.c.rupiah).where(
    _of[entry], entry.c.kind == "deposit"
)
_claims = select(claim).where(_of[claim])
_withdrawn = select(claim.c.number).where(_of[claim], claim.c.state == "withdrawn")
_postings = select(posting).where(_of[posting])
_balances = select(balance).where(_of[balance])
_members = (
    select(member.c.number, contact.c.address)
    .join(contact, contact.c.person == member.c.person)
    .where(member.c.group_id == bindparam("of"))
)
_asked = select(session.c.state).where(session.c.id == bindparam("id"))
_confirms = select(session.c.id, session.c.state).where(session.c.dialogue == "confirm")


def test_the_books_are_what_people_were_told(engine: Engine) -> None:
    class OnThisDatabase(Savers):
        pass

    OnThisDatabase.engine = engine
    run_state_machine_as_test(
        OnThisDatabase,
        settings=settings(
            max_examples=8,
            stateful_step_count=40,
            deadline=None,
            database=None,
            phases=[Phase.generate],  # shrinking conversations takes minutes; the steps are short
            print_blob=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
