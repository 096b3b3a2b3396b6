"""The figures that must hold on messages nobody trained on or fitted rules to."""

import datetime as dt
from pathlib import Path

import pytest

from bot.talk.understand import WISHES, guess, read_amount, read_day

HERE = Path(__file__).parent
SEEDS = HERE.parents[1] / "bot" / "talk" / "understand" / "seeds"
WEDNESDAY = dt.date(2026, 11, 25)
FEWEST_SEEDS = 60


def rows(name: str) -> list[list[str]]:
    return [line.split("\t") for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


def seeds(wish: str) -> list[str]:
    lines = (SEEDS / f"{wish}.txt").read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and line[0] not in "[#"]


def test_amounts_are_right_or_asked_and_never_silently_wrong() -> None:
    every = rows("amounts.tsv")
    resolved = 0
    for wanted, text in every:
        amount = read_amount(text)
        gold = None if wanted == "-" else int(wanted)
        assert not amount.sure or amount.rupiah == gold, text
        resolved += amount.sure or amount.rupiah == gold or gold in amount.candidates
    assert len(every) >= 150
    assert resolved / len(every) >= 0.99


def test_days_are_right_or_asked_and_never_silently_wrong() -> None:
    every = rows("days.tsv")
    resolved = 0
    for direction, wanted, text in every:
        ahead = direction == "ahead"
        said = f"libur {text}" if ahead else text if wanted == "-" else f"setor 10rb {text}"
        day = read_day(said, WEDNESDAY, looking="ahead" if ahead else "back")
        gold = None if wanted in "?-" else WEDNESDAY + dt.timedelta(days=int(wanted))
        assert not day.sure or day.date == gold, text
        resolved += (
            day.sure
            or wanted == "?"
            or (day.date is None if gold is None else gold in day.candidates)
        )
    assert len(every) >= 120
    assert resolved / len(every) >= 0.97


@pytest.mark.parametrize("author", ["lastri", "nisa", "tini"])
def test_wishes(author: str) -> None:
    every = rows(f"wishes_{author}.tsv")
    first = wrong = resolved = 0
    for wish, text in every:
        got = guess(text)
        first += got.name == wish
        wrong += not got.choices and got.name != wish
        resolved += wish in got.choices if got.choices else got.name == wish
    assert len(every) >= 140
    assert first / len(every) >= 0.9
    assert wrong / len(every) <= 0.01
    assert resolved / len(every) >= 0.97


@pytest.mark.parametrize("wish", WISHES)
def test_every_wish_has_seeds_enough_and_none_is_held_out(wish: str) -> None:
    own = seeds(wish)
    assert len(set(own)) >= FEWEST_SEEDS
    everyday = {
        "assalamualaikum",
        "halo kak",
        "help",
        "menu",
        "p",
        "pagiii",
        "permisi",
        "selamat malam",
    }
    held = {
        text.casefold()
        for author in ("lastri", "nisa", "tini")
        for _, text in rows(f"wishes_{author}.tsv")
    }
    assert not {text.casefold() for text in own} & held - everyday


def test_no_seed_stands_under_two_wishes() -> None:
    every = [text for wish in WISHES for text in {text.casefold() for text in seeds(wish)}]
    assert sorted(every) == sorted(set(every))
