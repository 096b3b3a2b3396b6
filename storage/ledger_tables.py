"""The tables of the books; the group's own row keeps their numbers and the head of their chain."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    text,
)

from storage.tables import Key, UtcTime, metadata


def _member() -> Column[int]:
    return Column("member", Integer, nullable=False)


# Money: claims wait, entries stand. What the database itself sees to (postings sum to zero, nothing
# is changed, balances follow the entries) is written as triggers in the migrations. An entry is
# inserted after its postings and seals them, which is why these point at it only in the end.

claim = Table(
    "claim",
    metadata,
    Column("group_id", Key, primary_key=True),
    Column("number", Integer, primary_key=True),
    _member(),
    Column("rupiah", BigInteger, nullable=False),
    Column("day", Date, nullable=False),
    Column("confirmer", Key, ForeignKey("person.id"), nullable=False),
    Column("state", String(10), nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("settled_at", UtcTime),
    Column("entry", Integer),
    Column("counted_rupiah", BigInteger),
    ForeignKeyConstraint(["group_id", "member"], ["member.group_id", "member.number"]),
    ForeignKeyConstraint(["group_id", "entry"], ["entry.group_id", "entry.number"]),
    CheckConstraint("rupiah > 0", name="positive"),
    CheckConstraint("state IN ('waiting', 'received', 'refused', 'withdrawn')", name="state"),
    CheckConstraint("(state = 'received') = (entry IS NOT NULL)", name="received_is_booked"),
    Index(
        "ix_claim_waiting",
        "group_id",
        "member",
        sqlite_where=text("state = 'waiting'"),
        postgresql_where=text("state = 'waiting'"),
    ),
    Index(
        "ix_claim_to_confirm",
        "confirmer",
        sqlite_where=text("state = 'waiting'"),
        postgresql_where=text("state = 'waiting'"),
    ),
)

entry = Table(
    "entry",
    metadata,
    Column("group_id", Key, ForeignKey("savings_group.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("kind", String(12), nullable=False),
    Column("day", Date, nullable=False),
    _member(),
    Column("rupiah", BigInteger, nullable=False),
    Column("recorded_by", Key, ForeignKey("person.id"), nullable=False),
    Column("recorded_at", UtcTime, nullable=False),
    Column("reverses", Integer),
    Column("seal", String(64), nullable=False),
    ForeignKeyConstraint(["group_id", "member"], ["member.group_id", "member.number"]),
    ForeignKeyConstraint(["group_id", "reverses"], ["entry.group_id", "entry.number"]),
    UniqueConstraint("group_id", "reverses"),
    CheckConstraint(
        "kind IN ('deposit', 'withdrawal', 'reversal', 'hand_over', 'to_bank', 'from_bank',"
        " 'difference', 'share_out')",
        name="kind",
    ),
    CheckConstraint("(kind = 'reversal') = (reverses IS NOT NULL)", name="reversal_reverses"),
    CheckConstraint("rupiah > 0", name="positive"),
    Index(None, "group_id", "member", "number"),
    Index(None, "group_id", "day"),
    sqlite_with_rowid=False,  # by its rowid a row could be replaced unseen
)

posting = Table(
    "posting",
    metadata,
    Column("group_id", Key, primary_key=True),
    Column("entry", Integer, primary_key=True),
    Column("account", String(10), primary_key=True),
    Column("member", Integer, primary_key=True),
    Column("rupiah", BigInteger, nullable=False),
    ForeignKeyConstraint(
        ["group_id", "entry"],
        ["entry.group_id", "entry.number"],
        deferrable=True,
        initially="DEFERRED",
    ),
    CheckConstraint("rupiah <> 0", name="moves_something"),
    CheckConstraint("account IN ('cash', 'bank', 'difference', 'savings')", name="account"),
    sqlite_with_rowid=False,
)

balance = Table(
    "balance",
    metadata,
    Column("group_id", Key, ForeignKey("savings_group.id"), primary_key=True),
    Column("account", String(10), primary_key=True),
    Column("member", Integer, primary_key=True),
    Column("rupiah", BigInteger, nullable=False),
    Column("entry", Integer, nullable=False),  # the last that moved it
    CheckConstraint("account <> 'savings' OR rupiah <= 0", name="no_negative_savings"),
    CheckConstraint("account NOT IN ('cash', 'bank') OR rupiah >= 0", name="no_negative_cash"),
    sqlite_with_rowid=False,
)

# What needs a second person's word before anything is booked.


def _waiting(name: str, state: str, *columns: str) -> Index:
    return Index(name, *columns, sqlite_where=text(state), postgresql_where=text(state))


payout = Table(
    "payout",
    metadata,
    Column("group_id", Key, primary_key=True),
    Column("number", Integer, primary_key=True),
    _member(),
    Column("kind", String(12), nullable=False),
    Column("rupiah", BigInteger, nullable=False),
    Column("reason", String(200), nullable=False, server_default=text("''")),
    Column("mentor_yes", Boolean, nullable=False),
    Column("holder_yes", Boolean, nullable=False),
    Column("state", String(10), nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("settled_at", UtcTime),
    Column("entry", Integer),
    ForeignKeyConstraint(["group_id", "member"], ["member.group_id", "member.number"]),
    ForeignKeyConstraint(["group_id", "entry"], ["entry.group_id", "entry.number"]),
    UniqueConstraint("group_id", "entry"),
    CheckConstraint("kind IN ('withdrawal', 'share_out')", name="kind"),
    CheckConstraint("rupiah > 0", name="positive"),
    CheckConstraint(
        "state IN ('asked', 'agreed', 'paid', 'received', 'refused', 'withdrawn')", name="state"
    ),
    CheckConstraint(
        "state NOT IN ('agreed', 'paid', 'received') OR (mentor_yes AND holder_yes)",
        name="both_said_yes",
    ),
    CheckConstraint("(state = 'received') = (entry IS NOT NULL)", name="received_is_booked"),
    _waiting("ix_payout_waiting", "state IN ('asked', 'agreed', 'paid')", "group_id", "member"),
)

dispute = Table(
    "dispute",
    metadata,
    Column("group_id", Key, primary_key=True),
    Column("number", Integer, primary_key=True),
    _member(),
    Column("entry", Integer),
    Column("words", String(300), nullable=False),
    Column("right_rupiah", BigInteger),
    Column("raised_by", Key, ForeignKey("person.id"), nullable=False),
    Column("other", Key, ForeignKey("person.id")),
    Column("member_yes", Boolean, nullable=False),
    Column("other_yes", Boolean, nullable=False),
    Column("state", String(10), nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("settled_at", UtcTime),
    Column("reversal", Integer),
    Column("instead", Integer),  # the entry booked in its place; entries are never deleted
    ForeignKeyConstraint(["group_id", "member"], ["member.group_id", "member.number"]),
    ForeignKeyConstraint(["group_id", "entry"], ["entry.group_id", "entry.number"]),
    ForeignKeyConstraint(["group_id", "reversal"], ["entry.group_id", "entry.number"]),
    CheckConstraint("right_rupiah >= 0", name="right_amount"),
    CheckConstraint("state IN ('open', 'corrected', 'dropped')", name="state"),
    CheckConstraint("(state = 'corrected') = (reversal IS NOT NULL)", name="corrected_is_booked"),
    CheckConstraint("state <> 'corrected' OR (member_yes AND other_yes)", name="both_said_yes"),
    _waiting("ix_dispute_open", "state = 'open'", "group_id"),
)

cash_report = Table(
    "cash_report",
    metadata,
    Column("group_id", Key, primary_key=True),
    Column("number", Integer, primary_key=True),
    _member(),
    Column("kind", String(12), nullable=False),
    Column("rupiah", BigInteger, nullable=False),
    Column("booked_rupiah", BigInteger, nullable=False),
    Column("checker", Key, ForeignKey("person.id"), nullable=False),
    Column("media", String(300), nullable=False, server_default=text("''")),
    Column("state", String(10), nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("settled_at", UtcTime),
    ForeignKeyConstraint(["group_id", "member"], ["member.group_id", "member.number"]),
    CheckConstraint("kind IN ('count', 'hand_over', 'to_bank', 'from_bank')", name="kind"),
    CheckConstraint("rupiah >= 0", name="not_negative"),
    CheckConstraint("state IN ('waiting', 'confirmed', 'declined')", name="state"),
)

statement = Table(
    "statement",
    metadata,
    Column("group_id", Key, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("member", Integer, primary_key=True),
    Column("rupiah", BigInteger, nullable=False),
    Column("last_entry", Integer, nullable=False),
    Column("answer", String(10)),
    Column("answered_at", UtcTime),
    ForeignKeyConstraint(["group_id", "member"], ["member.group_id", "member.number"]),
    CheckConstraint("answer IN ('right', 'wrong')", name="answer"),
)

#: What a group hears by itself, once a day at most; the key is what makes it once.
round_ = Table(
    "round",
    metadata,
    Column("group_id", Key, ForeignKey("savings_group.id"), primary_key=True),
    Column("kind", String(10), primary_key=True),
    Column("day", Date, primary_key=True),
)
