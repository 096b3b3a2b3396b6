"""Numbers as the Unicode CLDR spells Indonesian, by its own rules, read back right.

The rules are not part of this project. Where they are at hand (`npm install cldr-rbnf`), name the
file in `CLDR_RBNF_ID` (…/node_modules/cldr-rbnf/rbnf/id.json) and these tests run; else they skip.
"""

import json
import os
import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from num2words import num2words

from bot.talk.understand import read_amount

RULES = os.environ.get("CLDR_RBNF_ID", "")
needs_rules = pytest.mark.skipif(
    not RULES, reason="CLDR_RBNF_ID names no file of CLDR's Indonesian rules"
)


@cache
def rules() -> tuple[tuple[int, str], ...]:
    """The cardinal spelling rules, (from this number on, how), the largest first."""
    data = json.loads(Path(RULES).read_text(encoding="utf-8"))
    table = data["rbnf"]["rbnf"]["SpelloutRules"]["%spellout-cardinal"]
    found = [(int(base), text.rstrip(";")) for base, text in table if str(base).isdecimal()]
    return tuple(sorted(found, reverse=True))


def spell(number: int) -> str:
    """A number by CLDR's rules: `←←` is what comes before the power of ten, `→→` what is left."""
    base, text = next(rule for rule in rules() if rule[0] <= number)
    power = 10 ** (len(str(base)) - 1) if base else 1
    text = re.sub(r"\[([^\]]*)\]", lambda match: match[1] if number % power else "", text)
    head, rest = divmod(number, power)
    text = text.replace("←%spellout-cardinal←", "←←").replace("→%spellout-cardinal→", "→→")
    if "←←" in text:
        text = text.replace("←←", spell(head))
    return text.replace("→→", spell(rest)) if "→→" in text else text


def reads_back(number: int) -> None:
    amount = read_amount(f"setor {spell(number)} rupiah")
    assert not amount.sure or amount.rupiah == number
    assert number in amount.candidates


@needs_rules
def test_both_spellers_are_understood_alike() -> None:
    assert spell(21_115) == num2words(21_115, lang="id")


@needs_rules
def test_every_number_up_to_ten_thousand() -> None:
    for number in range(1, 10_001):
        reads_back(number)


@needs_rules
@given(st.integers(10_000, 999_999_999))
def test_large_numbers(number: int) -> None:
    reads_back(number)
