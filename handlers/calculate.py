"""Two small calculators: what one piece costs, and when a wish is saved for."""

from __future__ import annotations

import json
import re
from dataclasses import replace

from bot.domain.changes import Costed
from bot.domain.money import NOTHING, Money
from bot.domain.pricing import (
    LONGEST_PRODUCT,
    Batch,
    Costing,
    day_it_is_saved,
    days_of_saving,
    price,
)
from bot.files import picture
from bot.talk import Instead, Turn, ask, dialogue, money, optional, text
from bot.talk.answers import Answer, Doubt, Reading
from bot.talk.knowledge import asks
from bot.talk.quantities import duration, whole_number
from bot.talk.understand import read_amount
from handlers.who import membership

_LONGEST_NAME, _MOST_SHOWN = 40, 10
_MOST_UNITS, _MOST_PERCENT = 100_000, 500
_BOUGHT = re.compile(r",(?!\d)|[;\n+]|\b(?:dan|sama|tambah)\b", re.IGNORECASE)
_AN_HOUR = (Money(5_000), Money(10_000), Money(15_000))
_MARGINS = (20, 30, 40, 50)
_A_DAY = (Money(2_000), Money(5_000), Money(10_000))


@dialogue(says=("hitung hpp", "hpp", "hitung modal per bungkus"))
async def unit_cost(turn: Turn) -> Costed | Instead | None:
    """``hitung hpp``: materials, packaging, energy and her hours, shared among the pieces."""
    if asks(turn.opening):
        return Instead("konsultasi", f"hpp {turn.opening}")
    product = await ask("product", text(LONGEST_PRODUCT), already=turn.opening)
    batch = await _batch(product)
    percent = await ask("margin", whole_number(1, _MOST_PERCENT, _MARGINS), cost=batch.each)
    costing = Costing(product, batch.each, percent, price(batch.each, percent), turn.today)
    _tell(turn, batch, costing)
    if not turn.books.memberships(turn.me):
        return None
    turn.say("kept")
    return Costed(turn.me, costing)


async def _batch(product: str) -> Batch:
    """What goes into it; in this order it is asked."""
    materials = await ask("materials", _bill(), product=product)
    packaging = await ask("packaging", optional(money())) or NOTHING
    energy = await ask("energy", optional(money())) or NOTHING
    minutes = await ask("hours", optional(duration())) or 0
    an_hour = await ask("an_hour", money(_AN_HOUR)) if minutes else NOTHING
    units = await ask("units", whole_number(1, _MOST_UNITS), product=product)
    return Batch(materials, packaging, energy, minutes, an_hour, units)


def _tell(turn: Turn, batch: Batch, it: Costing) -> None:
    """The sum, drawn and in words, and the price."""
    shared = (batch.materials, batch.packaging, batch.energy, batch.labour)
    drawn = picture(
        "unit cost",
        product=it.product,
        parts=json.dumps([one.rupiah for one in shared]),
        total=batch.total.rupiah,
        units=batch.units,
        cost=it.cost.rupiah,
        percent=it.percent,
        price=it.price.rupiah,
        day=it.day.isoformat(),
    )
    turn.say(
        "sum",
        media=drawn,
        product=it.product,
        materials=batch.materials,
        packaging=batch.packaging,
        energy=batch.energy,
        labour=batch.labour,
        total=batch.total,
        units=batch.units,
        cost=it.cost,
    )
    turn.say(
        "price",
        percent=it.percent,
        price=it.price,
        earned=it.price - it.cost,
        offers=("teks jualan", "hitung hpp", "konsultasi"),
    )


@dialogue(says=("hpp saya", "hitungan saya", "harga saya"))
async def my_costings(turn: Turn) -> None:
    """What she reckoned before, for herself alone."""
    if await membership(turn) is None:
        return
    kept = turn.books.costings(turn.me)[:_MOST_SHOWN]
    if not kept:
        turn.say("none_yet", offers=("hitung hpp",))
        return
    turn.say("only_you")
    rows = [{"product": one.product, "cost": one.cost, "price": one.price} for one in kept]
    turn.say("row", rows=rows, offers=("hitung hpp", "teks jualan"))


def _bill() -> Answer[Money]:
    """One amount, or what was bought one by one: "pisang 20rb, minyak 15rb" may come to Rp35.000."""
    whole = money()

    def read(words: str) -> Reading[Money]:
        found = [
            amount for part in _BOUGHT.split(words) if (amount := read_amount(part)).candidates
        ]
        each = [one.rupiah for one in found if one.sure and one.rupiah]
        if len(each) > 1 and len(each) == len(found):
            return Doubt((Money(sum(each)),))
        return whole.read(words)

    return replace(whole, read=read)


@dialogue(says=("rencana modal", "rencana beli"))
async def plan(turn: Turn) -> Instead | None:
    """``rencana modal``: what she wants to buy, what it costs, what she puts aside a day."""
    if asks(turn.opening):
        return Instead("konsultasi", f"rencana modal {turn.opening}")
    thing = await ask("thing", text(_LONGEST_NAME), already=turn.opening)
    costs = await ask("costs", optional(money()), thing=thing)
    if costs is None:
        turn.say("ask_first", thing=thing, offers=("rencana modal",))
        return None
    have = await ask("have", optional(money())) or NOTHING
    missing = costs - have
    if missing <= NOTHING:
        turn.say("enough", thing=thing)
        return None
    mine = turn.books.memberships(turn.me)
    usual = turn.books.usual_amounts(mine[0]) if mine else ()
    light = usual or _A_DAY
    a_day = await ask("a_day", optional(money(light)), thing=thing) or light[0]
    turn.say(
        "plan",
        thing=thing,
        missing=missing,
        a_day=a_day,
        days=days_of_saving(missing, a_day),
        day=day_it_is_saved(turn.today, missing, a_day),
        offers=("setor", "rencana modal"),
    )
    return None
