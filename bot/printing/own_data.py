"""What we keep about somebody, on paper and for other programs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Literal

import typst
from babel.dates import format_date
from babel.numbers import format_decimal

from bot.domain.calendar import Zone, local
from bot.domain.own_data import OwnData, Section, Value

_TEMPLATE = Path(__file__).with_name("own_data.typ")

#: Rows of one kind on paper, the newest; all of them are in the file for programs.
ON_PAPER = 40

#: Signs of one cell on paper.
_LONGEST_CELL = 600

#: Our own words for what stands in the tables.
_SAID = {
    "waiting": "menunggu",
    "received": "diterima",
    "refused": "ditolak",
    "withdrawn": "dibatalkan",
    "asked": "diminta",
    "agreed": "disetujui",
    "paid": "diserahkan",
    "open": "belum selesai",
    "corrected": "dibetulkan",
    "dropped": "dicabut",
    "confirmed": "dibenarkan",
    "declined": "tidak dibenarkan",
    "deposit": "setoran",
    "withdrawal": "penarikan",
    "reversal": "koreksi",
    "hand_over": "serah terima kas",
    "to_bank": "setor ke bank",
    "from_bank": "ambil dari bank",
    "difference": "hitung kas",
    "share_out": "bagi hasil akhir",
    "count": "hitung kas",
    "savings": "celengan",
    "cash": "kas yang dipegang",
    "right": "sesuai",
    "wrong": "tidak sesuai",
    "sold": "jualan",
    "bought": "belanja",
    "daily": "tiap hari",
    "weekly": "tiap minggu",
    "photo": "foto",
    "voice": "pesan suara",
    "document": "dokumen",
    "telegram": "Telegram",
    "whatsapp": "WhatsApp",
    "practice": "ruang latihan",
    "answer": "jawaban",
    "unclear": "jawaban",
    "question": "pertanyaan",
    "receipt": "bukti",
    "reminder": "pengingat",
    "summary": "ringkasan",
    "tip": "tips",
    "ending": "perpisahan",
    "template": "permintaan membuka chat",
    "sending": "sedang dikirim",
    "sent": "terkirim",
    "delivered": "sampai",
    "read": "dibaca",
    "failed": "tidak sampai",
    "cancelled": "tidak jadi dikirim",
}


def own_data_printed(data: OwnData, form: Literal["pdf", "png"] = "pdf") -> bytes:
    """All of it to read; PNG gives the first page."""
    paper = {
        "title": f"Data {data.called}",
        "under": f"Semua yang kami simpan, {_text(data.at)}",
        "sections": [_on_paper(one) for one in data.sections],
    }
    inputs = {"data": json.dumps(paper, ensure_ascii=False)}
    made: Any = typst.compile(_TEMPLATE, format=form, ppi=110.0, sys_inputs=inputs)
    return bytes(made[0] if isinstance(made, list) else made)


def own_data_raw(data: OwnData) -> bytes:
    """All of it as JSON (UTF-8)."""
    sections = [
        {
            "bagian": one.title,
            "untuk apa": one.why,
            "berapa lama": one.until,
            "isi": [dict(zip(one.head, map(_plain, row), strict=True)) for row in one.rows],
            **({"tidak ikut": one.left_out} if one.left_out else {}),
        }
        for one in data.sections
    ]
    whole = {"data": data.called, "pada": data.at.isoformat(), "bagian": sections}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def _on_paper(section: Section) -> dict[str, Any]:
    shown = section.rows[-ON_PAPER:]
    older = len(section.rows) - len(shown)
    # What is empty in every row only makes the others narrow.
    used = [
        at for at in range(len(section.head)) if any(row[at] not in (None, "") for row in shown)
    ]
    rows = [[_text(row[at])[:_LONGEST_CELL] for at in used] for row in shown]
    more = [f"{older} baris yang lebih lama ada di berkas JSON"] if older else []
    return {
        "title": section.title,
        "why": f"Untuk apa: {section.why}. Berapa lama: {section.until}.",
        "head": [section.head[at] for at in used],
        "rows": rows,
        "more": "; ".join([*more, *([section.left_out] if section.left_out else [])]),
    }


def _text(value: Value) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "ya" if value else "tidak"
        case int():
            return str(format_decimal(value, locale="id"))
        case datetime():
            here = local(value, Zone.WIB)
            return f"{format_date(here.date(), 'd MMM y', locale='id')}, {here:%H.%M} WIB"
        case date():
            return str(format_date(value, "d MMM y", locale="id"))
        case time():
            return value.strftime("%H.%M")
        case Mapping():
            return "; ".join(f"{name}: {said}" for name, said in value.items())
        case _:
            return _SAID.get(value, value)


def _plain(value: Value) -> object:
    if isinstance(value, date | time):  # a datetime is a date, too
        return value.isoformat()
    return value
