"""Every table that says anything about a person: what of it she is given, and what becomes of it.

One page on purpose. A test walks all tables and fails when one that points at a person, her chat or
her place in a group is not here, or points at people in a way that is neither handed out nor given
a reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, ColumnElement, Table

from storage import (
    broadcast_tables,
    buddy_tables,
    consult_tables,
    guide_tables,
    outgoing,
    privacy_tables,
    tables,
)
from storage import ledger_tables as books
from storage import picture_tables as pictures
from storage import programme_tables as stages


class Target(StrEnum):
    """What a column points at."""

    PERSON = "person"
    CONTACT = "contact"
    MEMBER = "member"
    CONSULTATION = "consultation"


class Erased(StrEnum):
    """What becomes of her rows when she is erased."""

    DELETED = "deleted"
    BLANKED = "blanked"
    KEPT = "kept"


#: Names that mean somebody even where no key says so.
_NAMES = {"person": Target.PERSON, "contact": Target.CONTACT, "member": Target.MEMBER}
_KEYS = {
    "person.id": Target.PERSON,
    "contact.id": Target.CONTACT,
    "member.number": Target.MEMBER,
    "consultation.id": Target.CONSULTATION,
}


def points_at(column: Column[Any]) -> Target | None:
    """Whether a column says whose a row is, and by what."""
    if column.table is tables.person and column.name == "id":
        return Target.PERSON
    if column.table is tables.contact and column.name == "id":
        return None  # its own number; whose it is says ``person``
    for key in column.foreign_keys:
        if key.target_fullname in _KEYS:
            return _KEYS[key.target_fullname]
    return _NAMES.get(column.name)


@dataclass(frozen=True, slots=True)
class Kept:
    """What one table keeps about people.

    ``hers`` names the column by which rows are hers, ``shows`` the columns she is given with their
    headings (none: ``why`` says why not), ``only`` narrows the rows she is given. ``others`` are
    further columns that point at people, each with the reason why those rows are not given to them.
    When she is erased her rows are deleted (those of the columns ``also`` as well), ``blanks`` are
    written into them, or they are kept.
    """

    table: Table
    title: str
    why: str
    until: str
    hers: str = ""
    shows: Mapping[str, str] = field(default_factory=dict)
    others: Mapping[str, str] = field(default_factory=dict)
    erased: Erased = Erased.KEPT
    blanks: Mapping[str, Any] = field(default_factory=dict)
    also: tuple[str, ...] = ()
    only: ColumnElement[bool] | None = None


_WITH_GROUP = "selama kelompok berjalan dan setahun sesudahnya"
_WITH_BOOKS = "selama buku kelompok ada; sesudah dihapus tanpa nama"
_IN_BOOKS = "buku kelompok, supaya uang semua ibu tetap bisa dicocokkan"
_OTHERS_MONEY = "uang anggota lain; ia hanya yang mencatat atau menjawab"

#: In the order she reads them.
EVERYTHING: tuple[Kept, ...] = (
    Kept(
        tables.person,
        "Nama",
        "supaya bisa disapa dan dikenal kelompok",
        _WITH_GROUP,
        "id",
        {"name": "Nama", "sapaan": "Sapaan", "met_at": "Pertama menyapa"},
        erased=Erased.BLANKED,
        blanks={"name": "", "sapaan": "Bu"},
    ),
    Kept(
        tables.contact,
        "Alamat chat",
        "supaya bisa membalas",
        _WITH_GROUP,
        "person",
        {"channel": "Lewat", "address": "Alamat", "phone": "Nomor", "heard_at": "Terakhir menulis"},
        erased=Erased.DELETED,  # once the last words to her are out, see storage/erasing.py
    ),
    Kept(
        tables.opt_in,
        "Izin menulis lebih dulu",
        "bukti izin",
        "selama chatnya dikenal",
        "contact",
        {
            "version": "Versi",
            "wording": "Bunyinya",
            "given_at": "Diberikan",
            "ended_at": "Dicabut",
        },
        erased=Erased.DELETED,
    ),
    Kept(
        tables.member,
        "Keanggotaan",
        "mencatat dan mengingatkan sesuai keinginan",
        _WITH_GROUP,
        "person",
        {
            "group_id": "Kelompok",
            "number": "Anggota nomor",
            "business": "Usaha",
            "usual_rupiah": "Setoran biasa (Rp)",
            "remind_at": "Jam pengingat",
            "remind_in_ramadan": "Jam di bulan Ramadan",
            "rhythm": "Irama",
            "rest_until": "Libur sampai",
            "active": "Masih anggota",
            "joined_at": "Bergabung",
            "left_at": "Berhenti",
        },
        erased=Erased.BLANKED,
        blanks={
            "business": "",
            "usual_rupiah": None,
            "remind_at": None,
            "remind_in_ramadan": None,
            "weekly_on": None,
            "rest_until": None,
            "rest_days": 0,
            "rhythm": "daily",
            "active": False,
        },
    ),
    Kept(
        tables.consent,
        "Persetujuan",
        "bukti apa yang disetujui (UU 27/2022, pasal 20 sampai 24)",
        _WITH_BOOKS,
        "member",
        {
            "group_id": "Kelompok",
            "version": "Versi",
            "wording": "Bunyinya",
            "channel": "Lewat",
            "given_at": "Diberikan",
            "withdrawn_at": "Dicabut",
        },
    ),
    Kept(
        outgoing.goal,
        "Target",
        "menghitung berapa lagi",
        _WITH_GROUP,
        "member",
        {
            "group_id": "Kelompok",
            "name": "Untuk",
            "rupiah": "Rp",
            "due_on": "Sebelum",
            "set_at": "Ditulis",
        },
        erased=Erased.DELETED,
    ),
    Kept(
        buddy_tables.buddy,
        "Teman tabung",
        "supaya teman yang dipilih mendengar kabarnya",
        _WITH_GROUP,
        "member",
        {
            "group_id": "Kelompok",
            "state": "Keadaan",
            "amounts": "Dengan jumlah uang",
            "asked_at": "Diminta",
            "since": "Sejak",
            "ended_at": "Selesai",
        },
        others={"person": "pilihan anggota lain; ia temannya"},
        erased=Erased.DELETED,
        also=("person",),
    ),
    Kept(
        books.balance,
        "Isi celengan",
        _IN_BOOKS,
        _WITH_BOOKS,
        "member",
        {"group_id": "Kelompok", "account": "Tempat", "rupiah": "Rp"},
    ),
    Kept(
        books.entry,
        "Buku celengan",
        _IN_BOOKS,
        _WITH_BOOKS,
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
        _WITH_BOOKS,
        "member",
    ),
    Kept(
        books.claim,
        "Setoran yang dilaporkan",
        _IN_BOOKS,
        _WITH_BOOKS,
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
        _WITH_BOOKS,
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
        _WITH_BOOKS,
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
        _WITH_BOOKS,
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
        _WITH_BOOKS,
        "member",
        {
            "group_id": "Kelompok",
            "day": "Hari",
            "rupiah": "Celengan (Rp)",
            "answer": "Jawaban",
            "answered_at": "Dijawab",
        },
    ),
    Kept(
        tables.costing,
        "Hitungan HPP",
        "catatan modal dan harga untuk diri sendiri",
        _WITH_GROUP,
        "person",
        {
            "product": "Barang",
            "cost": "Modal satunya (Rp)",
            "percent": "Untung (persen)",
            "price": "Harga jual (Rp)",
            "day": "Hari",
        },
        erased=Erased.DELETED,
    ),
    Kept(
        tables.jotting,
        "Buku jualan",
        "catatan sendiri, tidak dilihat siapa pun",
        _WITH_GROUP,
        "person",
        {
            "number": "Nomor",
            "day": "Hari",
            "kind": "Jenis",
            "rupiah": "Rp",
            "written_at": "Ditulis",
            "struck_at": "Dicoret",
        },
        erased=Erased.DELETED,
    ),
    Kept(
        guide_tables.guide_step,
        "Langkah panduan",
        "supaya panduan bisa dilanjutkan; pendamping melihat langkahnya",
        _WITH_GROUP,
        "person",
        {
            "guide": "Panduan",
            "step": "Langkah",
            "state": "Keadaan",
            "given": "Yang dikirim",
            "at": "Kapan",
        },
        erased=Erased.DELETED,
    ),
    Kept(
        guide_tables.guide_walk,
        "Panduan",
        "supaya panduan bisa dilanjutkan",
        _WITH_GROUP,
        "person",
        {"guide": "Panduan", "begun_at": "Mulai", "moved_at": "Terakhir", "ended": "Selesai"},
        erased=Erased.DELETED,
    ),
    Kept(
        guide_tables.guide_present,
        "Hadir di sesi bersama",
        "laporan pendamping",
        _WITH_BOOKS,
        "member",
        {"group_id": "Kelompok", "session": "Sesi nomor"},
    ),
    Kept(
        guide_tables.guide_session,
        "Sesi yang dipimpin",
        "laporan pendamping",
        _WITH_BOOKS,
        "by",
        {"group_id": "Kelompok", "guide": "Panduan", "day": "Hari"},
    ),
    Kept(
        consult_tables.part,
        "Pesan untuk pendamping",
        "supaya pendamping bisa menjawab",
        _WITH_GROUP,
        "consultation",
        {"consultation": "Konsultasi", "words": "Pesan", "media": "Kiriman", "at": "Ditulis"},
        others={"writer": "jawaban pendamping dalam konsultasi anggota lain"},
        erased=Erased.DELETED,
        only=consult_tables.part.c.kind != "private",
    ),
    Kept(
        consult_tables.draft,
        "",
        "bahwa sebuah jawaban sedang disusun untuk pendamping; isinya tidak disimpan di sini",
        "sampai dijawab",
        "consultation",
        erased=Erased.DELETED,
    ),
    Kept(
        consult_tables.consultation,
        "Konsultasi",
        "supaya pendamping bisa menjawab",
        _WITH_GROUP,
        "asker",
        {
            "id": "Nomor",
            "group_id": "Kelompok",
            "topic": "Tentang",
            "state": "Keadaan",
            "opened_at": "Ditulis",
            "answered_at": "Dijawab",
            "good": "Membantu",
            "remark": "Kesan",
        },
        others={"mentor": "pesan anggota lain; ia hanya yang menjawab"},
        erased=Erased.DELETED,  # after what points at it
    ),
    Kept(
        consult_tables.canned,
        "Jawaban cepat",
        "supaya pendamping tidak menulis hal yang sama dua kali",
        _WITH_GROUP,
        "mentor",
        {"title": "Judul", "words": "Kata-katanya"},
        erased=Erased.DELETED,
    ),
    Kept(
        consult_tables.article,
        "Artikel",
        "jawaban yang dibaca semua kelompok; sesudah dihapus tanpa nama",
        "selama artikelnya dipakai",
        "by",
        {"title": "Judul", "words": "Isinya", "written_at": "Ditulis"},
    ),
    Kept(
        tables.errand,
        "Yang sedang dikerjakan",
        "supaya pesan suara bisa ditulis menjadi kata dan foto bisa dilihat",
        "sampai selesai, paling lama tujuh hari",
        "person",
        {"kind": "Jenis", "media": "Tanda dari Telegram atau WhatsApp", "made_at": "Dikirim"},
        erased=Erased.DELETED,
    ),
    Kept(
        pictures.photo,
        "Foto barang",
        "supaya bisa dirapikan dan dijadikan gambar promosi; gambarnya sudah dikirim kembali di chat",
        "tiga puluh hari, paling banyak enam",
        "person",
        {"id": "Nomor", "made_at": "Dikirim"},
        erased=Erased.DELETED,
    ),
    Kept(
        tables.session,
        "Percakapan",
        "supaya percakapan bisa dilanjutkan",
        "tiga puluh hari sesudah selesai",
        "person",
        {"dialogue": "Tentang", "state": "Jawaban", "asked_at": "Ditanya", "closed": "Selesai"},
        erased=Erased.DELETED,
    ),
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
        _WITH_BOOKS,
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
    # The six stages: her own words and answers go with her; votes and attendance stay the group's numbers.
    Kept(
        stages.survey_answer,
        "Data awal dan evaluasi",
        "supaya kelihatan apa yang berubah",
        _WITH_GROUP,
        "member",
        {"group_id": "Kelompok", "round": "Kapan", "answers": "Jawaban", "answered_at": "Dijawab"},
        erased=Erased.DELETED,
    ),
    Kept(
        stages.focus_answer,
        "Cerita di diskusi kelompok",
        "mengetahui kebutuhan kelompok",
        _WITH_GROUP,
        "member",
        {
            "group_id": "Kelompok",
            "words": "Cerita",
            "theme": "Tentang",
            "may": "Boleh dikutip",
            "said_at": "Diceritakan",
        },
        erased=Erased.DELETED,
    ),
    Kept(
        stages.progress,
        "Kemajuan program",
        "mendampingi sesuai langkahnya",
        _WITH_GROUP,
        "member",
        {
            "group_id": "Kelompok",
            "programme": "Program nomor",
            "step": "Sampai mana",
            "obstacle": "Hambatan",
            "told_at": "Diceritakan",
        },
        erased=Erased.DELETED,
    ),
    Kept(
        stages.sketch,
        "Gambar keluarga",
        "supaya pendamping lebih mengerti, dengan izin",
        _WITH_GROUP,
        "member",
        {
            "group_id": "Kelompok",
            "allowed": "Diizinkan",
            "lines": "Isi gambar",
            "changed_at": "Diubah",
        },
        erased=Erased.DELETED,
    ),
    Kept(
        stages.plan_answer,
        "Jawaban atas rencana",
        "menyepakati rencana kelompok",
        _WITH_GROUP,
        "member",
        {"group_id": "Kelompok", "agrees": "Setuju", "words": "Usul", "answered_at": "Dijawab"},
        erased=Erased.DELETED,
    ),
    Kept(
        stages.contract_answer,
        "Jawaban atas kontrak pendampingan",
        "bukti siapa setuju dengan versi yang mana",
        _WITH_BOOKS,
        "member",
        {"group_id": "Kelompok", "version": "Versi", "agrees": "Setuju", "answered_at": "Dijawab"},
    ),
    Kept(
        stages.meeting_member,
        "Kegiatan",
        "undangan dan kehadiran",
        _WITH_BOOKS,
        "member",
        {
            "group_id": "Kelompok",
            "meeting": "Kegiatan nomor",
            "comes": "Bilang datang",
            "attended": "Kehadiran",
        },
    ),
    Kept(
        stages.need_vote,
        "Suara untuk kebutuhan",
        "kebutuhan menurut anggota sendiri",
        _WITH_BOOKS,
        "member",
        {"group_id": "Kelompok", "votes": "Suara", "voted_at": "Dipilih"},
    ),
    Kept(
        stages.programme_vote,
        "Suara untuk program",
        "program menurut anggota sendiri",
        _WITH_BOOKS,
        "member",
        {"group_id": "Kelompok", "programme": "Program nomor", "wants": "Mau ikut"},
    ),
    Kept(
        stages.data_choice,
        "Pilihan soal data",
        "menghormati pilihannya sesudah kelompok selesai",
        _WITH_BOOKS,
        "member",
        {"group_id": "Kelompok", "keeps": "Boleh ditanya lagi", "chosen_at": "Dipilih"},
    ),
    Kept(
        stages.stage_move,
        "",
        "jalannya pendampingan kelompok; hanya siapa yang mencatatnya",
        _WITH_BOOKS,
        "by",
    ),
    Kept(
        stages.stage_tick,
        "",
        "jalannya pendampingan kelompok; hanya siapa yang mencatatnya",
        _WITH_BOOKS,
        "by",
    ),
    Kept(
        stages.meeting,
        "",
        "jalannya pendampingan kelompok; hanya siapa yang mencatatnya",
        _WITH_BOOKS,
        "by",
    ),
    Kept(
        stages.contract,
        "",
        "jalannya pendampingan kelompok; hanya siapa yang mencatatnya",
        _WITH_BOOKS,
        "by",
    ),
    Kept(
        stages.survey_round,
        "",
        "jalannya pendampingan kelompok; hanya siapa yang mencatatnya",
        _WITH_BOOKS,
        "by",
    ),
    Kept(
        stages.focus,
        "",
        "jalannya pendampingan kelompok; hanya siapa yang mencatatnya",
        _WITH_BOOKS,
        "by",
    ),
    Kept(
        stages.programme,
        "",
        "jalannya pendampingan kelompok; hanya siapa yang mencatatnya",
        _WITH_BOOKS,
        "by",
    ),
    Kept(
        stages.ending,
        "",
        "jalannya pendampingan kelompok; hanya siapa yang mencatatnya",
        _WITH_BOOKS,
        "by",
    ),
)
