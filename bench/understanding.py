"""What understanding a message costs: time as a ratio to a loop measured in the same run, and memory.

Run it with `python -m bench.understanding` or `python bench/understanding.py`.
"""

import datetime as dt
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

from bot.talk.understand import guess, parts, read_amount, read_day, understand
from bot.talk.understand.model import weights

ROOT = Path(__file__).parent.parent
TODAY = dt.date(2026, 11, 23)
LOOP = 10_000
ROUNDS = 3


def messages() -> list[str]:
    """The messages of the held-out sets."""
    files = sorted((ROOT / "tests" / "understand").glob("wishes_*.tsv"))
    return [
        line.split("\t")[1]
        for file in files
        for line in file.read_text(encoding="utf-8").splitlines()
    ]


def reference() -> float:
    """Milliseconds for ten thousand steps of a plain Python loop: the measure of this machine."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.perf_counter()
        total = 0
        for number in range(LOOP):
            total += number * number
        best = min(best, (time.perf_counter() - start) * 1000)
    return best


def cost(read: Callable[[str], object], texts: list[str]) -> float:
    """Milliseconds a message, the best of a few rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for text in texts:
            read(text)
        best = min(best, (time.perf_counter() - start) * 1000 / len(texts))
    return best


def memory(texts: list[str]) -> tuple[float, float]:
    """Megabytes held and at most used by the weights and by reading every message."""
    tracemalloc.start()
    weights.cache_clear()
    for text in texts:
        understand(text, TODAY)
    held, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return held / 2**20, most / 2**20


def main() -> None:
    """Print a line for each way of reading, and the memory."""
    texts = messages()
    understand(texts[0], TODAY)
    measure = reference()
    print(f"reference: {LOOP} steps of a loop in {measure:.3f} ms; {len(texts)} messages")
    ways: tuple[tuple[str, Callable[[str], object]], ...] = (
        ("read_amount", read_amount),
        ("read_day", lambda text: read_day(text, TODAY)),
        ("guess", guess),
        ("parts", parts),
        ("understand", lambda text: understand(text, TODAY)),
    )
    for name, read in ways:
        spent = cost(read, texts)
        print(f"{name:12} {spent:7.3f} ms a message, {spent / measure:5.2f} of the reference")
    held, most = memory(texts)
    print(f"memory: {held:.1f} MB held, {most:.1f} MB at most")


if __name__ == "__main__":
    main()
