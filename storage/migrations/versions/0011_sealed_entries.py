"""Entries are sealed: the database itself sees that the books balance, stand, and never go below zero.

How they work is told where they are: ``storage.migrations.rules``.
"""

from __future__ import annotations

from datetime import UTC
from typing import Any

import sqlalchemy as sa
from alembic import op

from bot.domain.chain import NO_SEAL, seal
from bot.domain.ledger import Account, AccountKind, Draft, EntryKind
from bot.domain.money import Money
from storage.migrations.rules import renew

#: A 64-bit key that SQLite still fills by itself.
Key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward; what was booked before is booked again in its order, and so sealed."""
    bind = op.get_bind()
    old = sa.MetaData()
    old.reflect(bind, only=("entry", "posting", "claim"))
    kept = {
        table.name: [dict(row) for row in bind.execute(sa.select(table)).mappings()]
        for table in old.sorted_tables
    }
    bind.execute(sa.delete(old.tables["claim"]))
    op.drop_table("posting")
    if bind.dialect.name == "postgresql":
        op.drop_constraint("fk_claim_group_id_entry", "claim", type_="foreignkey")
    op.drop_table("entry")
    op.drop_table("balance")
    _create_tables()
    if bind.dialect.name == "postgresql":
        of_entry = (["group_id", "entry"], ["group_id", "number"])
        op.create_foreign_key("fk_claim_group_id_entry", "claim", "entry", *of_entry)
    bind.execute(sa.text("UPDATE savings_group SET next_entry = 1"))
    renew(bind)
    _book_again(bind, kept["entry"], kept["posting"])
    if kept["claim"]:
        bind.execute(sa.insert(old.tables["claim"]), kept["claim"])


def _create_tables() -> None:
    for column in (
        sa.Column("head", sa.String(64), nullable=False, server_default=""),
        sa.Column("cap_rupiah", sa.BigInteger(), nullable=False, server_default="2000000"),
        sa.Column("sharing_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
    ):
        op.add_column("savings_group", column)
    op.create_table(
        "entry",
        sa.Column("group_id", Key, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("member", sa.Integer(), nullable=False),
        sa.Column("rupiah", sa.BigInteger(), nullable=False),
        sa.Column("recorded_by", Key, nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reverses", sa.Integer(), nullable=True),
        sa.Column("seal", sa.String(64), nullable=False),
        sa.CheckConstraint(f"kind IN ({_KINDS})", name=op.f("ck_entry_kind")),
        sa.CheckConstraint(
            "(kind = 'reversal') = (reverses IS NOT NULL)",
            name=op.f("ck_entry_reversal_reverses"),
        ),
        sa.CheckConstraint("rupiah > 0", name=op.f("ck_entry_positive")),
        sa.ForeignKeyConstraint(["group_id"], ["savings_group.id"], name=op.f("fk_entry_group_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["person.id"], name=op.f("fk_entry_recorded_by")),
        sa.ForeignKeyConstraint(
            ["group_id", "member"],
            ["member.group_id", "member.number"],
            name=op.f("fk_entry_group_id_member"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "reverses"],
            ["entry.group_id", "entry.number"],
            name=op.f("fk_entry_group_id_reverses"),
        ),
        sa.PrimaryKeyConstraint("group_id", "number", name=op.f("pk_entry")),
        sa.UniqueConstraint("group_id", "reverses", name=op.f("uq_entry_group_id_reverses")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_entry_group_id_day"), "entry", ["group_id", "day"])
    op.create_index(
        op.f("ix_entry_group_id_member_number"), "entry", ["group_id", "member", "number"]
    )
    op.create_table(
        "posting",
        sa.Column("group_id", Key, nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        *_account(),
        sa.CheckConstraint(f"account IN ({_ACCOUNTS})", name=op.f("ck_posting_account")),
        sa.CheckConstraint("rupiah <> 0", name=op.f("ck_posting_moves_something")),
        sa.ForeignKeyConstraint(
            ["group_id", "entry"],
            ["entry.group_id", "entry.number"],
            name=op.f("fk_posting_group_id_entry"),
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.PrimaryKeyConstraint("group_id", "entry", "account", "member", name=op.f("pk_posting")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "balance",
        sa.Column("group_id", Key, nullable=False),
        *_account(),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "account <> 'savings' OR rupiah <= 0", name=op.f("ck_balance_no_negative_savings")
        ),
        sa.CheckConstraint(
            "account NOT IN ('cash', 'bank') OR rupiah >= 0",
            name=op.f("ck_balance_no_negative_cash"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["savings_group.id"], name=op.f("fk_balance_group_id")
        ),
        sa.PrimaryKeyConstraint("group_id", "account", "member", name=op.f("pk_balance")),
        sqlite_with_rowid=False,
    )


_KINDS = (
    "'deposit', 'withdrawal', 'reversal', 'hand_over', 'to_bank', 'from_bank', 'difference',"
    " 'share_out'"
)
_ACCOUNTS = "'cash', 'bank', 'difference', 'savings'"


def _account() -> tuple[sa.Column[str], sa.Column[int], sa.Column[int]]:
    return (
        sa.Column("account", sa.String(10), nullable=False),
        sa.Column("member", sa.Integer(), nullable=False),
        sa.Column("rupiah", sa.BigInteger(), nullable=False),
    )


def _book_again(
    bind: sa.Connection, entries: list[dict[str, Any]], postings: list[dict[str, Any]]
) -> None:
    new = sa.MetaData()
    new.reflect(bind, only=("entry", "posting"))
    seals: dict[int, str] = {}
    for row in sorted(entries, key=lambda one: (one["group_id"], one["number"])):
        group, number = row["group_id"], row["number"]
        sides = [one for one in postings if (one["group_id"], one["entry"]) == (group, number)]
        into, out_of = (
            Account(AccountKind(one["account"]), one["member"])
            for one in sorted(sides, key=lambda one: -one["rupiah"])
        )
        amount, kind = Money(row["rupiah"]), EntryKind(row["kind"])
        draft = Draft(kind, row["day"], row["member"], amount, into, out_of)
        at = row["recorded_at"]
        at = at if at.tzinfo else at.replace(tzinfo=UTC)
        before = seals.get(group, NO_SEAL)
        seals[group] = seal(before, group, number, draft, row["recorded_by"], at)
        bind.execute(sa.insert(new.tables["posting"]), sides)
        bind.execute(sa.insert(new.tables["entry"]), {**row, "seal": seals[group]})
