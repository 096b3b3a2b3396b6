"""The one rule by which a label becomes short enough for a button or a row."""

from __future__ import annotations

from collections.abc import Sequence

from bot.pieces import units

#: Signs of a reply button, of a list's row and of what stands below it, and of a list's own button.
LONGEST_BUTTON, LONGEST_ROW, LONGEST_BELOW, LONGEST_OPENER = 20, 24, 72, 20


def shortened(label: str, longest: int) -> str:
    """The label within ``longest`` units: whole words and "…", unless that would leave hardly any.

    >>> shortened("Rp10.000, Senin, 23 November", 20)
    'Rp10.000, Senin, 23…'
    """
    label = " ".join(label.split())
    if units(label) <= longest:
        return label or "…"
    kept = label
    while units(kept) >= longest:
        kept = kept[:-1]
    if label[len(kept)] != " ":
        words = kept.rfind(" ")
        kept = kept[:words] if words >= longest // 2 else kept
    return kept.rstrip(" ,.;:-–(\u200d") + "…"


def titles(labels: Sequence[str], longest: int) -> list[str]:
    """Every label shortened, and no two the same: a later twin is numbered."""
    made: list[str] = []
    for label in labels:
        title = shortened(label, longest)
        number = 2
        while title.casefold() in {one.casefold() for one in made}:
            mark = f" {number}"
            title = shortened(label, longest - len(mark)) + mark
            number += 1
        made.append(title)
    return made


def fit(labels: Sequence[str], longest: int) -> bool:
    """Whether the labels, shortened, can still be told apart without numbers."""
    short = [shortened(label, longest).casefold() for label in labels]
    return len(set(short)) == len(short)
