"""Two small calculators: what one piece costs, and when a wish is saved for."""

from __future__ import annotations

import json
from itertools import count

from bot.domain.bills import Bill
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
from bot.talk.bills import belongs_to, bill, more
from bot.talk.durations import duration
from bot.talk.knowledge import asks
from bot.talk.quantities import whole_number
from bot.talk.understand.tokens import bag
from handlers.who import membership

_LONGEST_NAME, _MOST_SHOWN = 40, 10
_MOST_UNITS, _MOST_PERCENT = 100_000, 500
#: What is no material, by the question that asks for it.
_OWN_WORDS = {
    "packaging": bag("""
        bungkus bungkusan plastik kemasan label stiker mika kotak dus kresek karet tali
        """),
    "energy": bag("gas elpiji lpg listrik token kayu bakar arang minyak tanah"),
}
_AN_HOUR = (Money(5_000), Money(10_000), Money(15_000))
_MARGINS = (20, 30, 40, 50)
_A_DAY = (Money(2_000), Money(5_000), Money(10_000))


@dialogue(says=("hitung hpp", "hpp", "hitung modal per bungkus"))
async def unit_cost(turn: Turn) -> Costed | Instead | None:
    """``hitung hpp``: materials, packaging, energy and her hours, shared among the pieces."""
    if asks(turn.opening):
        return Instead("konsultasi", f"hpp {turn.opening}")
    product = await ask("product", text(LONGEST_PRODUCT), already=turn.opening)
    batch = await _batch(turn, product)
    percent = await ask("margin", whole_number(1, _MOST_PERCENT, _MARGINS), cost=batch.each)
    selling = price(batch.each, percent)
    found = Costing(product, batch.each, percent, selling, turn.today)
    _tell(turn, batch, found)
    if not turn.books.memberships(turn.me):
        return None
    turn.say("kept")
    return Costed(turn.me, found)


async def _batch(turn: Turn, product: str) -> Batch:
    """What one round takes and gives, asked one by one."""
    bought = await _materials(turn, product)
    bought, packaging = await _besides(turn, "packaging", bought)
    bought, energy = await _besides(turn, "energy", bought)
    minutes = await ask("hours", optional(duration())) or 0
    an_hour = await ask("an_hour", money(_AN_HOUR)) if minutes else NOTHING
    units = await ask("units", whole_number(1, _MOST_UNITS), product=product)
    return Batch(bought.total, packaging, energy, minutes, an_hour, units)


async def _materials(turn: Turn, product: str) -> Bill:
    """What she bought: one amount, or thing by thing until she says that is all."""
    bought = await ask("materials", bill(product), product=product)
    rounds = count()
    while bought.named or len(bought.items) > 1:
        turn.say("item", rows=[{"name": one.name, "cost": one.cost} for one in bought.named])
        further = await ask("more", more(product), about=next(rounds), total=bought.total)
        if further is None:
            break
        bought = bought.with_more(further)
    return bought


async def _besides(turn: Turn, key: str, bought: Bill, again: int = 0) -> tuple[Bill, Money]:
    """Another cost; what she remembers now of what was ``bought`` before goes with that."""
    said = await ask(key, optional(bill()), about=again or "")
    if said is None or not belongs_to(bought, said, _OWN_WORDS[key]):
        return bought, said.total if said else NOTHING
    bought = bought.with_more(said)
    turn.say("added", total=bought.total)
    return await _besides(turn, key, bought, again + 1)


def _tell(turn: Turn, batch: Batch, found: Costing) -> None:
    """The sum, with a picture of it to keep, and the price."""
    parts = (batch.materials, batch.packaging, batch.energy, batch.labour)
    drawn = picture(
        "unit cost",
        product=found.product,
        parts=json.dumps([one.rupiah for one in parts]),
        total=batch.total.rupiah,
        units=batch.units,
        cost=found.cost.rupiah,
        percent=found.percent,
        price=found.price.rupiah,
        day=found.day.isoformat(),
    )
    turn.say(
        "sum",
        media=drawn,
        product=found.product,
        materials=batch.materials,
        packaging=batch.packaging,
        energy=batch.energy,
        labour=batch.labour,
        total=batch.total,
        units=batch.units,
        cost=found.cost,
    )
    turn.say(
        "price",
        percent=found.percent,
        price=found.price,
        earned=found.price - found.cost,
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
