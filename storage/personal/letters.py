"""What was sent to her, and what she answered."""

from __future__ import annotations

from storage import broadcast_tables, outgoing
from storage.personal.kept import Erased, Kept

LETTERS: tuple[Kept, ...] = (
    Kept(
        outgoing.outbox,
        "Pesan yang dikirim",
        "supaya tahu apakah pesannya sampai; bunyinya ada di chat sendiri dan dapat menyebut ibu lain",
        "sembilan puluh hari",
        "contact",
        {
            "channel": "Lewat",
            "kind": "Jenis",
            "state": "Keadaan",
            "made_at": "Ditulis",
            "settled_at": "Selesai",
        },
        others={"member": "orang yang sama dengan chatnya"},
        erased=Erased.DELETED,
    ),
    Kept(
        broadcast_tables.recipient,
        "Siaran yang diterima",
        "supaya siaran sampai sekali saja, dan pendamping tahu apakah sampai",
        "sembilan puluh hari",
        "person",
        {"broadcast": "Siaran nomor", "group_id": "Kelompok", "answered_at": "Dibalas"},
        others={"contact": "chat tempat siarannya dikirim; orangnya sama"},
        erased=Erased.DELETED,
    ),
    Kept(
        broadcast_tables.vote,
        "Jawaban pertanyaan kelompok",
        "supaya bisa dihitung; yang ditunjukkan hanya jumlahnya",
        "sembilan puluh hari",
        "person",
        {"broadcast": "Pertanyaan nomor", "choice": "Pilihan ke", "voted_at": "Dijawab"},
        erased=Erased.DELETED,
    ),
    Kept(
        broadcast_tables.broadcast,
        "Siaran yang ditulis",
        "supaya bisa dikirim, dijeda, dan dilihat hasilnya",
        "selama kelompoknya didampingi",
        "mentor",
        {"id": "Nomor", "words": "Isi", "media": "Kiriman", "made_at": "Ditulis", "day": "Hari"},
        erased=Erased.BLANKED,
        blanks={"words": "", "media": ""},
    ),
    Kept(
        outgoing.chat_pace,
        "",
        "kapan chat boleh dikirimi lagi; hanya beberapa detik yang berarti",
        "satu jam",
        "contact",
        erased=Erased.DELETED,
    ),
)
