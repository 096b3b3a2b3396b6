"""At the end everybody has her own savings back, one by one, each by her own word."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.ledger_changes import BooksClosed, ShareOutBegun
from bot.domain.money import NOTHING, Money
from bot.domain.people import Group, Member
from bot.domain.share_out import hindrances, total
from bot.talk import Turn, ask, dialogue, yes_or_no
from bot.talk.answers import Answer, Got, Reading
from handlers.box import at_bank
from handlers.handing import waits_for
from handlers.unhurried import wants_time
from handlers.who import everybody, holder_of, leads, led_group


@dialogue(says=("bagi",), keepers=True)
async def share(turn: Turn) -> ShareOutBegun | None:
    """For mentors: begins it when nothing stands in the way; later says how far it is."""
    group = await led_group(turn)
    if group is None:
        return None
    if group.sharing:
        _how_far(turn, group)
        return None
    shares = tuple(turn.books.all_savings(group.id))
    hindered = list(hindrances(turn.books, group, turn.today))
    if not shares or hindered:
        turn.say("not_yet" if hindered else "nothing_saved", group=group)
        for name in hindered:
            _in_the_way(turn, group, name)
        return None
    turn.say("share", rows=[{"member": who, "amount": amount} for who, amount in shares])
    if not await ask("begin", _begin_or_not(), total=total(turn.books, group)):
        turn.say("let_go")
        return None
    turn.say("begun", group=group)
    return ShareOutBegun(group, turn.me, shares)


def _begin_or_not() -> Answer[bool]:
    """Whether to begin; "nanti deh" is the button *Nanti*, whatever stands around it."""
    plain = yes_or_no("share", "not_now")

    def read(words: str) -> Reading[bool]:
        return Got(value=False) if wants_time(words) else plain.read(words)

    return replace(plain, read=read)


def _in_the_way(turn: Turn, group: Group, name: str) -> None:
    """One thing that stands in the way, with whom it waits for."""
    books = turn.books
    waits: dict[str, list[tuple[Member, Money, object]]] = {
        "claims_wait": [(it.member, it.amount, it.confirmer) for it in books.claims_waiting(group)],
        "payouts_wait": [
            (it.member, it.amount, waits_for(turn, it)) for it in books.payouts_waiting(group.id)
        ],
        "cash_waits": [(it.member, it.amount, it.checker) for it in books.cash_waiting(group.id)],
        "disputes_open": [(it.member, NOTHING, None) for it in books.open_disputes(group.id)],
    }
    if name in waits:
        rows = [{"member": she, "amount": amount, "who": who} for she, amount, who in waits[name]]
        turn.say(name, rows=rows)
        return
    bank = at_bank(turn, group)
    has, owed = books.in_box(group) + bank, total(books, group)
    turn.say(name, holder=holder_of(turn, group), bank=bank, has=has, owed=owed)


def _how_far(turn: Turn, group: Group) -> None:
    """What is still owed, and what keeps the books open."""
    waiting = turn.books.payouts_waiting(group.id)
    disputes = turn.books.open_disputes(group.id)
    if waiting:
        turn.say("owed_to", total=Money(sum(one.amount.rupiah for one in waiting)))
    elif group.closed:
        turn.say("all_back", group=group)
    else:
        turn.say("all_back_so_far", group=group)
    for state in ("agreed", "paid"):
        rows = [
            {"member": one.member, "amount": one.amount, "who": waits_for(turn, one)}
            for one in waiting
            if one.state == state
        ]
        if rows:
            turn.say(state, rows=rows)
    if disputes:
        turn.say("still_disputed", rows=[{"member": one.member} for one in disputes])
    elif not waiting and not group.closed:
        turn.say("box_left", box=turn.books.in_box(group), holder=holder_of(turn, group))


@dialogue(
    follows=ShareOutBegun, to=lambda change, books: everybody(change.group.id, books, but=change.by)
)
async def share_out_begun(turn: Turn) -> None:
    """To every member what she gets; to the holder the list as well."""
    group = turn.books.group(turn.facts["group"])
    waiting = turn.books.payouts_waiting(group.id)
    holder = holder_of(turn, group)
    for one in waiting:
        if one.member.person.id == turn.me.id:
            own = holder is not None and holder.number == one.member.number
            turn.say("yours_held" if own else "yours", amount=one.amount, holder=holder)
    if holder is not None and holder.person.id == turn.me.id:
        turn.say("share", rows=[{"member": one.member, "amount": one.amount} for one in waiting])
        turn.say("pay", count=len(waiting), offers=("bayar",))
    elif not turn.said:
        turn.say("begun" if leads(turn, group.id) else "nothing_of_yours", group=group)


@dialogue(follows=BooksClosed, to=lambda change, books: everybody(change.group.id, books))
async def books_closed(turn: Turn) -> None:
    """To everybody: all accounts stand at zero."""
    group = turn.books.group(turn.facts["group"])
    turn.say("closed", group=group, count=group.entries, code=group.head[:8].upper())
