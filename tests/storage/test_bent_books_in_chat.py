"""Somebody bent the books: a member types the code of her old receipt, and hears what to do."""

from __future__ import annotations

from itertools import count

import pytest
from sqlalchemy import text

from bot.app import assemble
from bot.delivery import deliver_now
from bot.domain.chain import NO_SEAL, seal
from bot.domain.ledger import Draft, Entry
from bot.domain.money import Money
from bot.ports import Heard
from storage.verifying import verify
from tests.storage.conftest import MONDAY, Kept

_SMALLER = (
    "UPDATE entry SET rupiah = 9000 WHERE number = 2",
    "UPDATE posting SET rupiah = 9000 WHERE entry = 2 AND rupiah > 0",
    "UPDATE posting SET rupiah = -9000 WHERE entry = 2 AND rupiah < 0",
    "UPDATE balance SET rupiah = -9000 WHERE account = 'savings' AND member = 3",
    "UPDATE balance SET rupiah = 24000 WHERE account = 'cash'",
)

_messages = count(1)


@pytest.fixture
def receipts(kept: Kept) -> list[Entry]:
    """Three deposits, whose codes stand in the members' phones."""
    return [kept.save(kept.sari, 10_000), kept.save(kept.ani, 10_000), kept.save(kept.sari, 5_000)]


def asks(kept: Kept, who: str, entry: Entry) -> str:
    """What she is told about the code of a receipt."""
    heard = Heard("practice", f"bent-{next(_messages)}", who, MONDAY, f"periksa {entry.code}")
    assemble(kept.store, lambda: MONDAY).receive(heard)
    (letter,) = deliver_now(kept.store.outbox, "practice", MONDAY, lambda every: every)
    return letter.bubble.text


def seal_anew(kept: Kept) -> None:
    """Seal every entry over what now stands there, so that the chain is whole again."""
    with kept.store.transaction() as books:
        entries = [books.entry(kept.group.id, number) for number in (1, 2, 3)]
    head, statements = NO_SEAL, []
    for one in entries:
        assert one is not None
        draft = Draft(one.kind, one.day, one.member, one.amount, one.into, one.out_of, one.reverses)
        head = seal(head, one.group, one.number, draft, one.recorded_by, MONDAY)
        anew = text("UPDATE entry SET seal = :seal WHERE number = :number")
        statements.append(anew.bindparams(seal=head, number=one.number))
    kept.bend(*statements, text("UPDATE savings_group SET head = :head").bindparams(head=head))


def test_an_entry_was_changed(kept: Kept, receipts: list[Entry]) -> None:
    kept.bend(*_SMALLER)
    assert asks(kept, "ani", receipts[1]) == (
        "Catatan nomor 2 sekarang berbeda dari waktu ditulis. Itu bukan salah Ibu, dan titipan Ibu"
        " tetap hak Ibu.\n\nBukti di HP Ibu jangan dihapus. Tunjukkan ke Bu Dewi, ya."
    )


def test_hers_stands_before_the_one_that_was_changed(kept: Kept, receipts: list[Entry]) -> None:
    kept.bend(*_SMALLER)
    said = asks(kept, "sari", receipts[0])
    assert said.startswith(
        f"Kode *{receipts[0].code}* cocok dengan catatan nomor 1.\n\nTetapi catatan nomor 2"
    )
    assert "Bu Dewi" in said


def test_every_entry_was_sealed_anew(kept: Kept, receipts: list[Entry]) -> None:
    kept.bend(*_SMALLER)
    seal_anew(kept)
    with kept.store.snapshot() as connection:
        assert verify(connection).wrong == ()  # nobody but the phones can tell
    with kept.store.transaction() as books:
        assert books.saved(kept.ani) == Money(9_000)
    for who, receipt in (("ani", receipts[1]), ("sari", receipts[2])):
        assert asks(kept, who, receipt) == (
            f"Kode *{receipt.code}* tidak ada di catatan kelompok. Coba cocokkan lagi hurufnya.\n\n"
            "Kalau tulisannya memang sama, ini perlu dilihat bersama. Titipan Ibu tetap hak"
            " Ibu. Bukti di HP Ibu jangan dihapus, lalu tunjukkan ke Bu Dewi."
        )
    assert asks(kept, "sari", receipts[0]).startswith("Cocok.")  # before the change nothing moved


def test_a_mentor_is_not_sent_to_herself(kept: Kept, receipts: list[Entry]) -> None:
    kept.bend(*_SMALLER)
    said = asks(kept, "dewi", receipts[1])
    assert "lembaga" in said
    assert "Tunjukkan ke" not in said
