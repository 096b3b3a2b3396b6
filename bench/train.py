"""Trains the small model of wishes from the seed files and prints how well it does: `make train`.

Only this program needs scikit-learn. It is reproducible: the same seeds give the same bytes.
"""

import json
import random
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from bot.talk.understand.features import features
from bot.talk.understand.model import WISHES, ZERO

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "bot" / "talk" / "understand" / "seeds"
WEIGHTS = ROOT / "bot" / "talk" / "understand" / "wishes.weights"
VARIANTS = 3
SLIPS = 0.6
DECORATED = 0.3
SHORTEST_TO_SLIP = 5
FEWEST = 2
STRENGTH = 20.0
STEPS = 127
LIGHTEST = 0.25
STYLES = ("medan", "jawa", "betawi", "salah-ketik", "suara", "sapaan")
PARTS = 4
SHARES = tuple(n / 100 for n in range(60, 96, 5))
SUREST = 0.97
WRONG_AT_MOST = 0.02
GREETINGS = (
    "assalamualaikum", "halo bu", "pagi bu", "bu", "kak", "selamat sore", "permisi", "maaf bu", "mpok", "siang kak",
)  # fmt: skip
ENDINGS = (
    "ya bu",
    "bu",
    "kak",
    "ya",
    "dong",
    "makasih",
    "ya kak",
    "lah",
    "nih",
    "?",
    "bu ya",
    "tolong",
)


@dataclass(frozen=True)
class Seed:
    """One message that a member might write, what she wants, and in whose manner it is written."""

    wish: str
    style: str
    text: str


def seeds() -> list[Seed]:
    """Every seed, in the order of the files."""
    found: list[Seed] = []
    for wish in WISHES:
        style = "polos"
        for line in (SEEDS / f"{wish}.txt").read_text(encoding="utf-8").splitlines():
            text = line.strip()
            if text.startswith("[") and text.endswith("]"):
                style = text[1:-1]
            elif text and not text.startswith("#"):
                found.append(Seed(wish, style, text))
    return found


def _slip(text: str, chance: random.Random) -> str:
    """The text with one letter left out, doubled, swapped with the next, or a vowel left out."""
    place = chance.randrange(len(text))
    vowels = [i for i, letter in enumerate(text) if letter in "aeiou" and i]
    without = chance.choice(vowels) if vowels else place
    slips = (
        text[:place] + text[place + 1 :],
        text[:place] + text[place] + text[place:],
        text[:place] + text[place + 1 : place + 2] + text[place : place + 1] + text[place + 2 :],
        text[:without] + text[without + 1 :],
    )
    return chance.choice(slips) if len(text) >= SHORTEST_TO_SLIP else text


def variants(seed: Seed) -> list[str]:
    """The seed as it is and with small slips, a greeting before or an ending after."""
    chance = random.Random(zlib.crc32(seed.text.encode()))  # noqa: S311 - not a secret
    made = [seed.text]
    for _ in range(VARIANTS):
        text = _slip(seed.text, chance) if chance.random() < SLIPS else seed.text
        if chance.random() < DECORATED:
            text = f"{chance.choice(GREETINGS)} {text}"
        if chance.random() < DECORATED:
            text = f"{text} {chance.choice(ENDINGS)}"
        made.append(text)
    return made


class Columns:
    """Which column of the matrix each mark has: those seen in at least two messages."""

    def __init__(self, texts: Sequence[str]) -> None:
        counts = Counter(mark for text in texts for mark in features(text))
        self.marks = sorted(mark for mark, count in counts.items() if count >= FEWEST)
        self.places = {mark: place for place, mark in enumerate(self.marks)}

    def matrix(self, texts: Sequence[str]) -> csr_matrix:
        """One row a message; each of its n marks weighs 1/√n, those not known weigh on n only."""
        rows: list[int] = []
        columns: list[int] = []
        values: list[float] = []
        for row, text in enumerate(texts):
            own = features(text)
            known = [self.places[mark] for mark in own if mark in self.places]
            rows += [row] * len(known)
            columns += known
            values += [1 / np.sqrt(len(own))] * len(known)
        return csr_matrix((values, (rows, columns)), shape=(len(texts), len(self.marks)))


def fit(training: Sequence[Seed]) -> tuple[Columns, LogisticRegression]:
    """The columns and the model of some seeds."""
    pairs = [
        (text, seed.wish, 1.0 if i == 0 else 0.5)
        for seed in training
        for i, text in enumerate(variants(seed))
    ]
    texts = [text for text, _, _ in pairs]
    columns = Columns(texts)
    model = LogisticRegression(C=STRENGTH, max_iter=300, tol=1e-3)
    wishes = [WISHES.index(wish) for _, wish, _ in pairs]
    model.fit(columns.matrix(texts), wishes, sample_weight=[weight for _, _, weight in pairs])
    return columns, model


def pack(columns: Columns, model: LogisticRegression, alone: dict[str, float]) -> bytes:
    """The file of weights: rows that hardly matter left out, the rest in one byte a wish."""
    weights = model.coef_.T
    heavy = np.abs(weights).max(axis=1) >= LIGHTEST
    marks = np.array(columns.marks, dtype="<u4")[heavy]
    scale = float(np.abs(weights).max()) / STEPS
    table = (np.rint(weights[heavy] / scale) + ZERO).astype(np.uint8)
    head = {
        "wishes": WISHES, "count": len(marks), "scale": round(scale, 6),
        "bias": [round(float(bias), 4) for bias in model.intercept_], "alone": alone,
    }  # fmt: skip
    return json.dumps(head).encode() + b"\n" + zlib.compress(marks.tobytes() + table.tobytes(), 9)


@dataclass(frozen=True)
class Outcome:
    """One message that the model had not seen: the right wish, and the likeliest three with shares."""

    seed: Seed
    best: tuple[tuple[str, float], ...]


def held_out(training: Sequence[Seed], unseen: Sequence[Seed]) -> list[Outcome]:
    """What a model of some seeds makes of others."""
    columns, model = fit(training)
    shares = model.predict_proba(columns.matrix([seed.text for seed in unseen]))
    found: list[Outcome] = []
    for seed, row in zip(unseen, shares, strict=True):
        order = np.argsort(-row)[:3]
        found.append(Outcome(seed, tuple((WISHES[i], float(row[i])) for i in order)))
    return found


def cross_validated(every: Sequence[Seed]) -> dict[str, list[Outcome]]:
    """Each manner of writing judged by a model that never saw it; the plain ones in four parts."""
    plain = [seed for seed in every if seed.style in {"polos", "singkat", "cerita"}]
    groups = {style: [seed for seed in every if seed.style == style] for style in STYLES}
    groups |= {f"polos {k + 1}": plain[k::PARTS] for k in range(PARTS)}
    results: dict[str, list[Outcome]] = {}
    for name, unseen in groups.items():
        hidden = {seed.text for seed in unseen}
        results[name] = held_out([seed for seed in every if seed.text not in hidden], unseen)
    return results


def thresholds(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """For each wish the least share at which acting alone was wrong at most once in fifty."""
    found: dict[str, float] = {}
    for wish in WISHES:
        own = [
            (one.best[0][1], one.seed.wish == wish) for one in outcomes if one.best[0][0] == wish
        ]
        found[wish] = SUREST
        for share in reversed(SHARES):
            taken = [right for p, right in own if p >= share]
            if taken and (taken.count(False) + 0.5) / (len(taken) + 1) > WRONG_AT_MOST:
                break
            found[wish] = share
    return found


def report(name: str, outcomes: Sequence[Outcome], alone: dict[str, float]) -> None:
    """One line of figures: right first, acted alone, silently wrong, resolved with three buttons."""
    right = sum(one.best[0][0] == one.seed.wish for one in outcomes)
    acted = [one for one in outcomes if one.best[0][1] >= alone[one.best[0][0]]]
    wrong = sum(one.best[0][0] != one.seed.wish for one in acted)
    asked = [one for one in outcomes if one.best[0][1] < alone[one.best[0][0]]]
    offered = sum(one.seed.wish in {wish for wish, _ in one.best} for one in asked)
    count = len(outcomes)
    figures = (
        right / count,
        len(acted) / count,
        wrong / count,
        (len(acted) - wrong + offered) / count,
    )
    print(f"{name:14} {count:5} " + " ".join(f"{figure:12.1%}" for figure in figures))


def main() -> None:
    """Cross-validate, settle the thresholds, train on everything, write the file if it changed."""
    every = seeds()
    results = cross_validated(every)
    flat = [outcome for outcomes in results.values() for outcome in outcomes]
    alone = thresholds(flat)
    print(
        f"{'never seen':14} {'n':>5} {'right first':>12} {'acted alone':>12} {'silent wrong':>12} {'resolved':>12}"
    )
    for name, outcomes in results.items():
        report(name, outcomes, alone)
    report("all", flat, alone)
    print("acts alone from " + ", ".join(f"{wish} {share:.2f}" for wish, share in alone.items()))
    packed = pack(*fit(every), alone)
    same = WEIGHTS.exists() and WEIGHTS.read_bytes() == packed
    WEIGHTS.write_bytes(packed)
    where = WEIGHTS.relative_to(ROOT)
    print(
        f"{where}: {len(packed):,} bytes, {len(every)} seeds, {'unchanged' if same else 'written anew'}"
    )


if __name__ == "__main__":
    main()
