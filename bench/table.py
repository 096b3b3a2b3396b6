"""Figures in columns."""

from __future__ import annotations

from collections.abc import Sequence


def show(title: str, head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table; numbers to the right."""
    lines = [tuple(map(str, head)), *(tuple(map(_said, row)) for row in rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(head))]
    print(f"\n{title}")
    for number, line in enumerate(lines):
        first, *rest = line
        right = (word.rjust(width) for word, width in zip(rest, widths[1:], strict=True))
        print("  ".join([first.ljust(widths[0]), *right]))
        if number == 0:
            print("  ".join("-" * width for width in widths))


def _said(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.0f}" if value >= 100 else f"{value:.2f}"  # noqa: PLR2004
    return "–" if value is None else str(value)
