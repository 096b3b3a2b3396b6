"""The books of the group: her rows stay in them, without her name."""

from __future__ import annotations

from storage import ledger_tables as books
from storage.personal.kept import WITH_BOOKS, Erased, Kept

_IN_BOOKS = "buku kelompok, supaya uang semua ibu tetap bisa dicocokkan"
_OTHERS_MONEY = "uang anggota lain; ia hanya yang mencatat atau menjawab"

MONEY: tuple[Kept, ...] = (
    Kept(
        books.balance,
        "Isi celengan",
        _IN_BOOKS,
        WITH_BOOKS,
        "member",
        {"group_id": "Kelompok", "account": "Tempat", "rupiah": "Rp"},
    ),
    Kept(
        books.entry,
        "Buku celengan",
        _IN_BOOKS,
        WITH_BOOKS,
        "member",
        {
            "group_id": "Kelompok",
            "number": "Nomor",
            "kind": "Catatan",
            "day": "Hari",
            "rupiah": "Rp",
            "reverses": "Membalik",
            "recorded_at": "Dicatat",
        },
        others={"recorded_by": _OTHERS_MONEY},
    ),
    Kept(
        books.posting,
        "",
        "dua sisi dari tiap catatan; catatannya sendiri sudah ada di buku celengan",
        WITH_BOOKS,
        "member",
    ),
    Kept(
        books.claim,
        "Setoran yang dilaporkan",
        _IN_BOOKS,
        WITH_BOOKS,
        "member",
        {
            "group_id": "Kelompok",
            "number": "Nomor",
            "day": "Hari",
            "rupiah": "Rp",
            "state": "Keadaan",
            "made_at": "Dilaporkan",
            "settled_at": "Dijawab",
        },
        others={"confirmer": _OTHERS_MONEY},
    ),
    Kept(
        books.payout,
        "Uang yang diminta kembali",
        _IN_BOOKS,
        WITH_BOOKS,
        "member",
        {
            "group_id": "Kelompok",
            "number": "Nomor",
            "kind": "Jenis",
            "rupiah": "Rp",
            "reason": "Keperluan",
            "state": "Keadaan",
            "made_at": "Diminta",
            "settled_at": "Selesai",
        },
        erased=Erased.BLANKED,
        blanks={"reason": ""},
    ),
    Kept(
        books.dispute,
        "Yang belum cocok",
        _IN_BOOKS,
        WITH_BOOKS,
        "member",
        {
            "group_id": "Kelompok",
            "number": "Nomor",
            "entry": "Catatan nomor",
            "words": "Kata-katanya",
            "right_rupiah": "Seharusnya (Rp)",
            "state": "Keadaan",
            "made_at": "Ditulis",
            "settled_at": "Selesai",
        },
        others={"raised_by": _OTHERS_MONEY, "other": _OTHERS_MONEY},
        erased=Erased.BLANKED,
        blanks={"words": ""},
    ),
    Kept(
        books.cash_report,
        "Kas yang dilaporkan",
        _IN_BOOKS,
        WITH_BOOKS,
        "member",
        {
            "group_id": "Kelompok",
            "number": "Nomor",
            "kind": "Jenis",
            "rupiah": "Rp",
            "booked_rupiah": "Di buku (Rp)",
            "media": "Foto",
            "state": "Keadaan",
            "made_at": "Dilaporkan",
        },
        others={"checker": "kas kelompok; ia hanya saksinya"},
        erased=Erased.BLANKED,
        blanks={"media": ""},
    ),
    Kept(
        books.statement,
        "Ringkasan mingguan",
        _IN_BOOKS,
        WITH_BOOKS,
        "member",
        {
            "group_id": "Kelompok",
            "day": "Hari",
            "rupiah": "Celengan (Rp)",
            "answer": "Jawaban",
            "answered_at": "Dijawab",
        },
    ),
)
