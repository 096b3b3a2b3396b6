"""Who may do what, and who looked at whose data."""

from __future__ import annotations

from storage import privacy_tables, tables
from storage.personal.kept import WITH_BOOKS, Erased, Kept

STANDING: tuple[Kept, ...] = (
    Kept(
        tables.mentor,
        "Pendamping",
        "supaya boleh mendampingi kelompok",
        "sampai dihapus",
        "person",
        {"since": "Sejak"},
        erased=Erased.DELETED,
    ),
    Kept(
        tables.mentor_invite,
        "Undangan pendamping",
        "supaya sebuah kode hanya sekali dipakai",
        "sampai dihapus",
        "used_by",
        {"name": "Nama", "made_at": "Dibuat"},
        erased=Erased.BLANKED,
        blanks={"name": ""},
    ),
    Kept(
        tables.group_mentor,
        "Kelompok yang didampingi",
        "siapa mendampingi kelompok mana",
        WITH_BOOKS,
        "person",
        {"group_id": "Kelompok"},
    ),
    Kept(
        privacy_tables.look,
        "Siapa yang melihat data",
        "catatan pengolahan (UU 27/2022, pasal 31)",
        "dua tahun",
        "person",
        {"at": "Kapan", "by": "Siapa", "what": "Apa", "why": "Untuk apa"},
        others={"looker": "data orang lain yang dilihatnya"},
    ),
    Kept(
        privacy_tables.shared_chat,
        "",
        "siapa yang sedang menulis di HP bersama; isi pesannya hanya sampai namanya diketahui",
        "sampai chatnya dilupakan",
        "contact",
        erased=Erased.DELETED,
    ),
    Kept(
        privacy_tables.link_code,
        "",
        "kode untuk menyambungkan chat; yang disimpan bukan kodenya sendiri",
        "satu hari",
        "person",
        erased=Erased.DELETED,
    ),
)
