"""The tables; every hot one begins with the group or the person it belongs to."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    Time,
    UniqueConstraint,
    text,
)
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

#: A 64-bit key that SQLite still fills by itself.
Key = BigInteger().with_variant(Integer, "sqlite")

#: A platform's id of a person and of a message: once shorter, which SQLite, where a text has no
#: length, still says.
Address = String(140).with_variant(String(80), "sqlite")
PlatformId = String(250).with_variant(String(120), "sqlite")


class UtcTime(TypeDecorator[datetime]):
    """An instant: aware UTC in Python, ``timestamptz`` in PostgreSQL, UTC text in SQLite."""

    impl = DateTime(timezone=True)
    cache_ok = True
    python_type = datetime

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive time rather than guess its zone. Raises ValueError."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without a zone: {value!r}")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give SQLite's text its zone back; PostgreSQL may answer in its session's zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


def _key() -> Column[int]:
    return Column("id", Key, Identity(always=False), primary_key=True)


def _member() -> Column[int]:
    return Column("member", Integer, nullable=False)


# People and the chats they are reached by.

person = Table(
    "person",
    metadata,
    _key(),
    Column("name", String(80), nullable=False),
    Column("sapaan", String(10), nullable=False),
    Column("met_at", UtcTime, nullable=False),
    # Since when nothing but her number in the books is left of her.
    Column("erased_at", UtcTime),
)

contact = Table(
    "contact",
    metadata,
    _key(),
    Column("channel", String(20), nullable=False),
    Column("address", Address, nullable=False),
    Column("person", Key, ForeignKey("person.id"), nullable=False, index=True),
    Column("gone", Boolean, nullable=False, server_default=text("false")),
    Column("heard_at", UtcTime, nullable=False),
    # Another address of hers on the same channel: her number, where ``address`` is not one.
    Column("phone", String(140)),
    # Until when she may be written to freely, where a platform limits that; and when she was last
    # sent a template because it was over.
    Column("open_until", UtcTime),
    Column("knocked_at", UtcTime),
    # Since when her mentor knows that we cannot reach her.
    Column("stuck_at", UtcTime),
    # The chat beside whose address this one stands: several women use one phone.
    Column("shares", Key, index=True),
    UniqueConstraint("channel", "address"),
    Index(None, "channel", "phone"),
)

# Her word that we may write to her of our own accord, and what she read when she gave it.
opt_in = Table(
    "opt_in",
    metadata,
    _key(),
    Column("contact", Key, ForeignKey("contact.id"), nullable=False, index=True),
    Column("version", String(20), nullable=False),
    Column("wording", Text, nullable=False),
    Column("given_at", UtcTime, nullable=False),
    Column("ended_at", UtcTime),
)

mentor_invite = Table(
    "mentor_invite",
    metadata,
    Column("code_hash", String(64), primary_key=True),
    Column("name", String(80), nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("used_by", Key, ForeignKey("person.id")),
)

mentor = Table(
    "mentor",
    metadata,
    Column("person", Key, ForeignKey("person.id"), primary_key=True),
    Column("since", UtcTime, nullable=False),
)

# Groups and their members.

group = Table(
    "savings_group",
    metadata,
    _key(),
    Column("name", String(80), nullable=False),
    Column("place", String(80), nullable=False),
    Column("zone", String(4), nullable=False),
    Column("ends_on", Date),
    Column("code", String(16), nullable=False, unique=True),
    Column("holder", Integer),
    Column("open", Boolean, nullable=False, server_default=text("true")),
    # Whether words we could not place may be kept, masked, so that we learn from them.
    Column("teaches", Boolean, nullable=False, server_default=text("false")),
    Column("opened_at", UtcTime, nullable=False),
    Column("quiet_from", Time, nullable=False, server_default="21:00:00.000000"),
    Column("quiet_until", Time, nullable=False, server_default="06:30:00.000000"),
    # When everybody hears how the week went; Monday is 0.
    Column("summary_on", SmallInteger, nullable=False, server_default="4"),
    Column("summary_at", Time, nullable=False, server_default="16:00:00.000000"),
    # The next numbers to give; updating them makes writers of one group wait for each other.
    Column("next_member", Integer, nullable=False, server_default=text("1")),
    Column("next_claim", Integer, nullable=False, server_default=text("1")),
    Column("next_payout", Integer, nullable=False, server_default=text("1")),
    Column("next_dispute", Integer, nullable=False, server_default=text("1")),
    Column("next_report", Integer, nullable=False, server_default=text("1")),
    # Moved on by the database itself when an entry is sealed: how many there are, and the last seal.
    Column("next_entry", Integer, nullable=False, server_default=text("1")),
    Column("head", String(64), nullable=False, server_default=text("''")),
    # More than this in the box belongs in the bank.
    Column("cap_rupiah", BigInteger, nullable=False, server_default=text("2000000")),
    Column("sharing_since", UtcTime),
    Column("closed_at", UtcTime),  # when every account stood at zero: nothing is booked after it
)

group_mentor = Table(
    "group_mentor",
    metadata,
    Column("group_id", Key, ForeignKey("savings_group.id"), primary_key=True),
    Column("person", Key, ForeignKey("person.id"), primary_key=True, index=True),
)

member = Table(
    "member",
    metadata,
    Column("group_id", Key, ForeignKey("savings_group.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("person", Key, ForeignKey("person.id"), nullable=False, index=True),
    Column("business", String(80), nullable=False, server_default=text("''")),
    Column("usual_rupiah", BigInteger),
    Column("remind_at", Time),
    Column("remind_in_ramadan", Time),
    Column("rhythm", String(8), nullable=False, server_default="daily"),
    Column("weekly_on", SmallInteger),
    Column("rest_until", Date),
    # Weekdays, a bit each, Monday the lowest.
    Column("rest_days", SmallInteger, nullable=False, server_default=text("0")),
    Column("active", Boolean, nullable=False, server_default=text("true")),
    Column("joined_at", UtcTime, nullable=False),
    Column("left_at", UtcTime),
    UniqueConstraint("group_id", "person"),
)

consent = Table(
    "consent",
    metadata,
    _key(),
    Column("group_id", Key, nullable=False),
    _member(),
    Column("version", String(20), nullable=False),
    Column("wording", Text, nullable=False),
    Column("channel", String(20), nullable=False),
    Column("given_at", UtcTime, nullable=False),
    Column("withdrawn_at", UtcTime),
    ForeignKeyConstraint(["group_id", "member"], ["member.group_id", "member.number"]),
    Index(None, "group_id", "member"),
)

# What was sent and waits to be worked on: voice notes, pictures.

errand = Table(
    "errand",
    metadata,
    _key(),
    Column("kind", String(10), nullable=False),
    Column("person", Key, ForeignKey("person.id"), nullable=False),
    Column("media", String(300), nullable=False),
    Column("facts", JSON, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("due_at", UtcTime),
    Index(None, "kind", "due_at"),
    Index(None, "made_at"),
)

# Words we could not place, of groups that agreed to that; no names, no numbers, nobody's id.

unplaced = Table(
    "unplaced",
    metadata,
    _key(),
    Column("group_id", Key, ForeignKey("savings_group.id"), nullable=False),
    Column("words", Text, nullable=False),
    Column("heard_at", UtcTime, nullable=False),
)

# What she writes down for herself alone.

jotting = Table(
    "jotting",
    metadata,
    Column("person", Key, ForeignKey("person.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("kind", String(6), nullable=False),
    Column("rupiah", BigInteger, nullable=False),
    Column("day", Date, nullable=False),
    Column("written_at", UtcTime, nullable=False),
    Column("struck_at", UtcTime),
    CheckConstraint("rupiah > 0", name="positive"),
    CheckConstraint("kind IN ('sold', 'bought')", name="kind"),
    Index(None, "person", "day"),
)

# What one piece of her products costs, for herself alone; the newest reckoning of each.

costing = Table(
    "costing",
    metadata,
    Column("person", Key, ForeignKey("person.id"), primary_key=True),
    Column("product", String(40), primary_key=True),
    Column("cost", BigInteger, nullable=False),
    Column("percent", Integer, nullable=False),
    Column("price", BigInteger, nullable=False),
    Column("day", Date, nullable=False),
    Column("reckoned_at", UtcTime, nullable=False),
    CheckConstraint("cost >= 0 AND price >= 0", name="positive"),
)

# Conversations and what came in; what goes out is in storage/outgoing.py.

session = Table(
    "session",
    metadata,
    Column("id", String(12), primary_key=True),
    Column("person", Key, ForeignKey("person.id"), nullable=False),
    Column("dialogue", String(40), nullable=False),
    Column("state", JSON, nullable=False),
    Column("asked_at", UtcTime),
    Column("wake_at", UtcTime),
    Column("expires_at", UtcTime, nullable=False),
    Column("closed", Boolean, nullable=False),
    Index(
        "ix_session_open",
        "person",
        sqlite_where=text("NOT closed"),
        postgresql_where=text("NOT closed"),
    ),
    Index(
        "ix_session_wake",
        "wake_at",
        sqlite_where=text("wake_at IS NOT NULL"),
        postgresql_where=text("wake_at IS NOT NULL"),
    ),
    Index(None, "expires_at"),
)

inbox = Table(
    "inbox",
    metadata,
    Column("channel", String(20), primary_key=True),
    Column("message", PlatformId, primary_key=True),
    Column("heard_at", UtcTime, nullable=False, index=True),
)

# The practice room: its runs, one after the other, and what appeared on their phones.

practice_run = Table(
    "practice_run",
    metadata,
    _key(),
    Column("run", String(16), nullable=False, unique=True),
    # Each run follows exactly one other, so two who begin anew at once begin the same.
    Column("instead_of", String(16), nullable=False, unique=True),
    Column("group_name", String(80), nullable=False),
    Column("code", String(16), nullable=False),
    Column("people", JSON, nullable=False),
    Column("begun_at", UtcTime, nullable=False),
    # Raised first in every transaction: writers of one run wait for each other, so its changes
    # are seen in the order of their numbers.
    Column("rev", Integer, nullable=False, server_default=text("0")),
)

practice_line = Table(
    "practice_line",
    metadata,
    _key(),
    Column("run", String(16), ForeignKey("practice_run.run"), nullable=False),
    Column("rev", Integer, nullable=False),
    Column("key", String(80), nullable=False),
    Column("address", String(80), nullable=False),
    Column("from_her", Boolean, nullable=False),
    Column("text", Text, nullable=False),
    Column("buttons", JSON, nullable=False),
    Column("qr", Text, nullable=False),
    Column("photo", String(40), nullable=False),
    Column("reply_to", Key),
    Column("chosen", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    UniqueConstraint("run", "key"),
    Index(None, "run", "rev"),
)

practice_photo = Table(
    "practice_photo",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("run", String(16), ForeignKey("practice_run.run"), nullable=False, index=True),
    Column("mime", String(40), nullable=False),
    Column("bytes", LargeBinary, nullable=False),
    Column("at", UtcTime, nullable=False),
)
