"""The small model of wishes: a table of weights read once, and sums of its rows.

The file holds a line of JSON (`wishes`, `count`, `scale`, `bias`, `alone`) and a compressed block of
`count` CRC-32 numbers (little-endian, 4 bytes) and `count` × wishes weights (1 byte each, 128 = 0).
`bench/train.py` writes it. Rows are summed as big integers, one lane of three bytes a wish, which is
as quick as a matrix library for the hundred rows of a short message.
"""

import json
import math
import zlib
from array import array
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from bot.talk.understand.features import features

WISHES: Final = (
    "setor", "saldo", "riwayat", "tarik", "izin_libur", "konsultasi", "oss", "marketplace", "profil",
    "jadwal", "batal", "bantuan", "berhenti", "hapus_data", "sapaan", "mentor", "lainnya",
)  # fmt: skip
"""What a member may want, as the contract names it."""

ZERO: Final = 128
"""The byte that stands for a weight of nothing."""

LANE: Final = 3
"""Bytes in which one wish's bytes are summed: room for 65.000 rows."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The table: `rows` maps a mark to its place in `lanes`; `alone` is the least probability at
    which each wish may be acted on without asking.
    """

    rows: dict[int, int]
    lanes: bytes
    scale: float
    bias: tuple[float, ...]
    alone: dict[str, float]


@cache
def weights() -> Weights:
    """The table of weights, read from the package at first use and kept."""
    head, block = files(__package__).joinpath("wishes.weights").read_bytes().split(b"\n", 1)
    return unpacked(head, block)


def unpacked(head: bytes, block: bytes) -> Weights:
    """The table in the two parts of a file of weights."""
    about = json.loads(head)
    body = zlib.decompress(block)
    count = about["count"]
    marks = array("I", body[: 4 * count])
    table = body[4 * count :]
    lanes = bytearray(len(table) * LANE)
    lanes[LANE - 1 :: LANE] = table
    rows = dict(zip(marks, range(count), strict=True))
    return Weights(rows, bytes(lanes), about["scale"], tuple(about["bias"]), about["alone"])


def likelihoods(text: str) -> dict[str, float]:
    """The probability of each wish for a message, summing to 1."""
    return weighed(features(text), weights())


def weighed(marks: list[int], table: Weights) -> dict[str, float]:
    """The probability of each wish for a message's marks, by the given table."""
    width = LANE * len(WISHES)
    known = [place for mark in marks if (place := table.rows.get(mark)) is not None]
    total = sum(
        int.from_bytes(table.lanes[place * width : (place + 1) * width], "big") for place in known
    )
    lanes = total.to_bytes(width, "big")
    factor = table.scale / math.sqrt(max(1, len(marks)))
    offset = ZERO * len(known)
    scores = [
        (int.from_bytes(lanes[i * LANE : (i + 1) * LANE], "big") - offset) * factor + bias
        for i, bias in enumerate(table.bias)
    ]
    top = max(scores)
    shares = [math.exp(score - top) for score in scores]
    whole = sum(shares)
    return {wish: share / whole for wish, share in zip(WISHES, shares, strict=True)}
