"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

#: A 64-bit key that SQLite still fills by itself.
Key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "inbox",
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("message", sa.String(length=120), nullable=False),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("channel", "message", name=op.f("pk_inbox")),
    )
    op.create_index(op.f("ix_inbox_heard_at"), "inbox", ["heard_at"], unique=False)
    op.create_table(
        "person",
        sa.Column("id", Key, sa.Identity(always=False), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("sapaan", sa.String(length=10), nullable=False),
        sa.Column("met_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_table(
        "savings_group",
        sa.Column("id", Key, sa.Identity(always=False), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("zone", sa.String(length=4), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("holder", sa.Integer(), nullable=True),
        sa.Column("open", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_member", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("next_claim", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("next_entry", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_savings_group")),
        sa.UniqueConstraint("code", name=op.f("uq_savings_group_code")),
    )
    op.create_table(
        "balance",
        sa.Column("group_id", Key, nullable=False),
        sa.Column("account", sa.String(length=10), nullable=False),
        sa.Column("member", sa.Integer(), nullable=False),
        sa.Column("rupiah", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "account <> 'cash' OR rupiah >= 0", name=op.f("ck_balance_no_negative_cash")
        ),
        sa.CheckConstraint(
            "account <> 'savings' OR rupiah <= 0", name=op.f("ck_balance_no_negative_savings")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["savings_group.id"], name=op.f("fk_balance_group_id")
        ),
        sa.PrimaryKeyConstraint("group_id", "account", "member", name=op.f("pk_balance")),
    )
    op.create_table(
        "contact",
        sa.Column("id", Key, sa.Identity(always=False), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("address", sa.String(length=80), nullable=False),
        sa.Column("person", Key, nullable=False),
        sa.Column("gone", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_contact_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
        sa.UniqueConstraint("channel", "address", name=op.f("uq_contact_channel_address")),
    )
    op.create_index(op.f("ix_contact_person"), "contact", ["person"], unique=False)
    op.create_table(
        "group_mentor",
        sa.Column("group_id", Key, nullable=False),
        sa.Column("person", Key, nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["savings_group.id"], name=op.f("fk_group_mentor_group_id")
        ),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_group_mentor_person")),
        sa.PrimaryKeyConstraint("group_id", "person", name=op.f("pk_group_mentor")),
    )
    op.create_index(op.f("ix_group_mentor_person"), "group_mentor", ["person"], unique=False)
    op.create_table(
        "member",
        sa.Column("group_id", Key, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person", Key, nullable=False),
        sa.Column("business", sa.String(length=80), server_default=sa.text("('')"), nullable=False),
        sa.Column("usual_rupiah", sa.BigInteger(), nullable=True),
        sa.Column("remind_at", sa.Time(), nullable=True),
        sa.Column("active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id"], ["savings_group.id"], name=op.f("fk_member_group_id")
        ),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_member_person")),
        sa.PrimaryKeyConstraint("group_id", "number", name=op.f("pk_member")),
        sa.UniqueConstraint("group_id", "person", name=op.f("uq_member_group_id_person")),
    )
    op.create_index(op.f("ix_member_person"), "member", ["person"], unique=False)
    op.create_table(
        "mentor",
        sa.Column("person", Key, nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_mentor_person")),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_mentor")),
    )
    op.create_table(
        "mentor_invite",
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_by", Key, nullable=True),
        sa.ForeignKeyConstraint(["used_by"], ["person.id"], name=op.f("fk_mentor_invite_used_by")),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_mentor_invite")),
    )
    op.create_table(
        "question",
        sa.Column("id", Key, sa.Identity(always=False), nullable=False),
        sa.Column("group_id", Key, nullable=False),
        sa.Column("asker", Key, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("media", sa.String(length=300), server_default=sa.text("('')"), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_by", Key, nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["person.id"], name=op.f("fk_question_answered_by")
        ),
        sa.ForeignKeyConstraint(["asker"], ["person.id"], name=op.f("fk_question_asker")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["savings_group.id"], name=op.f("fk_question_group_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
    )
    op.create_index(
        op.f("ix_question_group_id_answered_at"),
        "question",
        ["group_id", "answered_at"],
        unique=False,
    )
    op.create_table(
        "session",
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("person", Key, nullable=False),
        sa.Column("dialogue", sa.String(length=40), nullable=False),
        sa.Column("state", sa.JSON(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("wake_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_session_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session")),
    )
    op.create_index(op.f("ix_session_expires_at"), "session", ["expires_at"], unique=False)
    op.create_index(
        "ix_session_open",
        "session",
        ["person"],
        unique=False,
        sqlite_where=sa.text("NOT closed"),
        postgresql_where=sa.text("NOT closed"),
    )
    op.create_index(
        "ix_session_wake",
        "session",
        ["wake_at"],
        unique=False,
        sqlite_where=sa.text("wake_at IS NOT NULL"),
        postgresql_where=sa.text("wake_at IS NOT NULL"),
    )
    op.create_table(
        "consent",
        sa.Column("id", Key, sa.Identity(always=False), nullable=False),
        sa.Column("group_id", Key, nullable=False),
        sa.Column("member", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id", "member"],
            ["member.group_id", "member.number"],
            name=op.f("fk_consent_group_id_member"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index(
        op.f("ix_consent_group_id_member"), "consent", ["group_id", "member"], unique=False
    )
    op.create_table(
        "entry",
        sa.Column("group_id", Key, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("member", sa.Integer(), nullable=False),
        sa.Column("rupiah", sa.BigInteger(), nullable=False),
        sa.Column("recorded_by", Key, nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id", "member"],
            ["member.group_id", "member.number"],
            name=op.f("fk_entry_group_id_member"),
        ),
        sa.ForeignKeyConstraint(["group_id"], ["savings_group.id"], name=op.f("fk_entry_group_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["person.id"], name=op.f("fk_entry_recorded_by")),
        sa.PrimaryKeyConstraint("group_id", "number", name=op.f("pk_entry")),
    )
    op.create_index(op.f("ix_entry_group_id_day"), "entry", ["group_id", "day"], unique=False)
    op.create_index(
        op.f("ix_entry_group_id_member_number"),
        "entry",
        ["group_id", "member", "number"],
        unique=False,
    )
    op.create_table(
        "outbox",
        sa.Column("id", Key, sa.Identity(always=False), nullable=False),
        sa.Column("contact", Key, nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("bubble", sa.JSON(), nullable=False),
        sa.Column("session", sa.String(length=12), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("platform_id", sa.String(length=120), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'sent', 'failed')", name=op.f("ck_outbox_state")),
        sa.ForeignKeyConstraint(["contact"], ["contact.id"], name=op.f("fk_outbox_contact")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    op.create_index(
        "ix_outbox_due",
        "outbox",
        ["due_at", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_index("ix_outbox_platform_id", "outbox", ["contact", "platform_id"], unique=False)
    op.create_index(
        "ix_outbox_waiting",
        "outbox",
        ["contact", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "claim",
        sa.Column("group_id", Key, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("member", sa.Integer(), nullable=False),
        sa.Column("rupiah", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("confirmer", Key, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entry", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(state = 'received') = (entry IS NOT NULL)", name=op.f("ck_claim_received_is_booked")
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'received', 'refused', 'withdrawn')", name=op.f("ck_claim_state")
        ),
        sa.CheckConstraint("rupiah > 0", name=op.f("ck_claim_positive")),
        sa.ForeignKeyConstraint(["confirmer"], ["person.id"], name=op.f("fk_claim_confirmer")),
        sa.ForeignKeyConstraint(
            ["group_id", "entry"],
            ["entry.group_id", "entry.number"],
            name=op.f("fk_claim_group_id_entry"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id", "member"],
            ["member.group_id", "member.number"],
            name=op.f("fk_claim_group_id_member"),
        ),
        sa.PrimaryKeyConstraint("group_id", "number", name=op.f("pk_claim")),
    )
    op.create_index(
        "ix_claim_to_confirm",
        "claim",
        ["confirmer"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_index(
        "ix_claim_waiting",
        "claim",
        ["group_id", "member"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "posting",
        sa.Column("group_id", Key, nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(length=10), nullable=False),
        sa.Column("member", sa.Integer(), nullable=False),
        sa.Column("rupiah", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "account IN ('cash', 'bank', 'difference', 'savings')", name=op.f("ck_posting_account")
        ),
        sa.CheckConstraint("rupiah <> 0", name=op.f("ck_posting_moves_something")),
        sa.ForeignKeyConstraint(
            ["group_id", "entry"],
            ["entry.group_id", "entry.number"],
            name=op.f("fk_posting_group_id_entry"),
        ),
        sa.PrimaryKeyConstraint("group_id", "entry", "account", "member", name=op.f("pk_posting")),
    )
