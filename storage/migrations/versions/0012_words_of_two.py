"""Money handed back, corrections, cash reports and weekly statements: each needs a second person's word."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

#: A 64-bit key that SQLite still fills by itself.
Key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    for name in ("next_payout", "next_dispute", "next_report"):
        op.add_column(
            "savings_group", sa.Column(name, sa.Integer(), nullable=False, server_default="1")
        )
    _payout()
    _dispute()
    _cash_report()
    op.create_table(
        "statement",
        sa.Column("group_id", Key, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("member", sa.Integer(), nullable=False),
        sa.Column("rupiah", sa.BigInteger(), nullable=False),
        sa.Column("last_entry", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(10), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("answer IN ('right', 'wrong')", name=op.f("ck_statement_answer")),
        _of_member("statement"),
        sa.PrimaryKeyConstraint("group_id", "day", "member", name=op.f("pk_statement")),
    )
    op.create_table(
        "round",
        sa.Column("group_id", Key, nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["savings_group.id"], name=op.f("fk_round_group_id")),
        sa.PrimaryKeyConstraint("group_id", "kind", "day", name=op.f("pk_round")),
    )


def _payout() -> None:
    op.create_table(
        "payout",
        *_numbered(),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("rupiah", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(200), server_default=sa.text("('')"), nullable=False),
        sa.Column("mentor_yes", sa.Boolean(), nullable=False),
        sa.Column("holder_yes", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entry", sa.Integer(), nullable=True),
        sa.CheckConstraint("kind IN ('withdrawal', 'share_out')", name=op.f("ck_payout_kind")),
        sa.CheckConstraint("rupiah > 0", name=op.f("ck_payout_positive")),
        sa.CheckConstraint(
            "state IN ('asked', 'agreed', 'paid', 'received', 'refused', 'withdrawn')",
            name=op.f("ck_payout_state"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('agreed', 'paid', 'received') OR (mentor_yes AND holder_yes)",
            name=op.f("ck_payout_both_said_yes"),
        ),
        sa.CheckConstraint(
            "(state = 'received') = (entry IS NOT NULL)", name=op.f("ck_payout_received_is_booked")
        ),
        _of_member("payout"),
        _of_entry("payout", "entry"),
        sa.PrimaryKeyConstraint("group_id", "number", name=op.f("pk_payout")),
        sa.UniqueConstraint("group_id", "entry", name=op.f("uq_payout_group_id_entry")),
    )
    waiting = sa.text("state IN ('asked', 'agreed', 'paid')")
    op.create_index(
        "ix_payout_waiting",
        "payout",
        ["group_id", "member"],
        sqlite_where=waiting,
        postgresql_where=waiting,
    )


def _dispute() -> None:
    op.create_table(
        "dispute",
        *_numbered(),
        sa.Column("entry", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(300), nullable=False),
        sa.Column("right_rupiah", sa.BigInteger(), nullable=True),
        sa.Column("raised_by", Key, nullable=False),
        sa.Column("other", Key, nullable=True),
        sa.Column("member_yes", sa.Boolean(), nullable=False),
        sa.Column("other_yes", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reversal", sa.Integer(), nullable=True),
        sa.CheckConstraint("right_rupiah >= 0", name=op.f("ck_dispute_right_amount")),
        sa.CheckConstraint(
            "state IN ('open', 'corrected', 'dropped')", name=op.f("ck_dispute_state")
        ),
        sa.CheckConstraint(
            "(state = 'corrected') = (reversal IS NOT NULL)",
            name=op.f("ck_dispute_corrected_is_booked"),
        ),
        sa.CheckConstraint(
            "state <> 'corrected' OR (member_yes AND other_yes)",
            name=op.f("ck_dispute_both_said_yes"),
        ),
        sa.ForeignKeyConstraint(["raised_by"], ["person.id"], name=op.f("fk_dispute_raised_by")),
        sa.ForeignKeyConstraint(["other"], ["person.id"], name=op.f("fk_dispute_other")),
        _of_member("dispute"),
        _of_entry("dispute", "entry"),
        _of_entry("dispute", "reversal"),
        sa.PrimaryKeyConstraint("group_id", "number", name=op.f("pk_dispute")),
    )
    open_ = sa.text("state = 'open'")
    op.create_index(
        "ix_dispute_open", "dispute", ["group_id"], sqlite_where=open_, postgresql_where=open_
    )


def _cash_report() -> None:
    op.create_table(
        "cash_report",
        *_numbered(),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("rupiah", sa.BigInteger(), nullable=False),
        sa.Column("booked_rupiah", sa.BigInteger(), nullable=False),
        sa.Column("checker", Key, nullable=False),
        sa.Column("media", sa.String(300), server_default=sa.text("('')"), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('count', 'hand_over', 'to_bank', 'from_bank')",
            name=op.f("ck_cash_report_kind"),
        ),
        sa.CheckConstraint("rupiah >= 0", name=op.f("ck_cash_report_not_negative")),
        sa.CheckConstraint(
            "state IN ('waiting', 'confirmed', 'declined')", name=op.f("ck_cash_report_state")
        ),
        sa.ForeignKeyConstraint(["checker"], ["person.id"], name=op.f("fk_cash_report_checker")),
        _of_member("cash_report"),
        sa.PrimaryKeyConstraint("group_id", "number", name=op.f("pk_cash_report")),
    )


def _numbered() -> tuple[sa.Column[int], sa.Column[int], sa.Column[int]]:
    return (
        sa.Column("group_id", Key, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("member", sa.Integer(), nullable=False),
    )


def _of_member(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["group_id", "member"],
        ["member.group_id", "member.number"],
        name=op.f(f"fk_{table}_group_id_member"),
    )


def _of_entry(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["group_id", column],
        ["entry.group_id", "entry.number"],
        name=op.f(f"fk_{table}_group_id_{column}"),
    )
