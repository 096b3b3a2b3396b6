"""The tables of the six stages; each begins with the group it belongs to."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    Text,
    Time,
    text,
)

from storage.tables import Key, UtcTime, metadata


def _group() -> Column[int]:
    return Column("group_id", Key, ForeignKey("savings_group.id"), primary_key=True)


def _number(name: str) -> Column[int]:
    return Column(name, Integer, primary_key=True)


def _by() -> Column[int]:
    return Column("by", Key, ForeignKey("person.id"), nullable=False)


def _of_member() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["group_id", "member"], ["member.group_id", "member.number"])


stage_move = Table(
    "stage_move",
    metadata,
    _group(),
    _number("number"),
    Column("stage", SmallInteger, nullable=False),
    _by(),
    Column("moved_at", UtcTime, nullable=False),
    CheckConstraint("stage BETWEEN 1 AND 6", name="stage"),
)

stage_tick = Table(
    "stage_tick",
    metadata,
    _group(),
    Column("name", String(20), primary_key=True),
    _by(),
    Column("ticked_at", UtcTime, nullable=False),
)

meeting = Table(
    "meeting",
    metadata,
    _group(),
    _number("number"),
    Column("day", Date, nullable=False),
    Column("at", Time, nullable=False),
    Column("place", String(80), nullable=False),
    Column("topic", String(120), nullable=False),
    Column("notes", Text, nullable=False, server_default=""),
    _by(),
    Column("planned_at", UtcTime, nullable=False),
    Column("invited_at", UtcTime),
    Column("called_off_at", UtcTime),
    Column("held_at", UtcTime),
)

meeting_member = Table(
    "meeting_member",
    metadata,
    Column("group_id", Key, primary_key=True),
    _number("meeting"),
    _number("member"),
    Column("comes", Boolean),
    Column("attended", String(8)),
    _of_member(),
    ForeignKeyConstraint(["group_id", "meeting"], ["meeting.group_id", "meeting.number"]),
    CheckConstraint("attended IN ('present', 'excused', 'absent')", name="attended"),
)

# A photo that was taken back leaves its number: what was asked about it is never about another.
meeting_photo = Table(
    "meeting_photo",
    metadata,
    Column("group_id", Key, primary_key=True),
    _number("number"),
    Column("meeting", Integer, nullable=False),
    Column("jpeg", LargeBinary),
    _by(),
    Column("kept_at", UtcTime, nullable=False),
    ForeignKeyConstraint(["group_id", "meeting"], ["meeting.group_id", "meeting.number"]),
)

# Who is seen on it, and her word; ``by`` is she herself, or the mentor who asked her face to face.
meeting_photo_seen = Table(
    "meeting_photo_seen",
    metadata,
    Column("group_id", Key, primary_key=True),
    _number("photo"),
    _number("member"),
    Column("may", Boolean),
    Column("by", Key, ForeignKey("person.id")),
    Column("answered_at", UtcTime),
    _of_member(),
    ForeignKeyConstraint(["group_id", "photo"], ["meeting_photo.group_id", "meeting_photo.number"]),
)

contract = Table(
    "contract",
    metadata,
    _group(),
    _number("version"),
    Column("purpose", Text, nullable=False),
    Column("until", Date, nullable=False),
    Column("schedule", Text, nullable=False),
    Column("rules", Text, nullable=False),
    Column("leaving", Text, nullable=False),
    Column("wording", Text, nullable=False),
    _by(),
    Column("made_at", UtcTime, nullable=False),
)

# The newest word of a member to a version; a version is never changed, a new one is made.
contract_answer = Table(
    "contract_answer",
    metadata,
    Column("group_id", Key, primary_key=True),
    _number("version"),
    _number("member"),
    Column("agrees", Boolean, nullable=False),
    Column("answered_at", UtcTime, nullable=False),
    _of_member(),
    ForeignKeyConstraint(["group_id", "version"], ["contract.group_id", "contract.version"]),
)

# That a round was asked, and that its result was shown to the group.
survey_round = Table(
    "survey_round",
    metadata,
    _group(),
    Column("round", String(8), primary_key=True),
    _by(),
    Column("asked_at", UtcTime, nullable=False),
    Column("shared_at", UtcTime),
)

survey_answer = Table(
    "survey_answer",
    metadata,
    Column("group_id", Key, primary_key=True),
    _number("member"),
    Column("round", String(8), primary_key=True),
    Column("answers", JSON, nullable=False),
    Column("answered_at", UtcTime, nullable=False),
    _of_member(),
)

# Stage two: focus groups.

focus = Table(
    "focus",
    metadata,
    _group(),
    _number("number"),
    Column("in_chat", Boolean, nullable=False),
    Column("guide", JSON, nullable=False),
    Column("at", SmallInteger, nullable=False),
    Column("needs", JSON, nullable=False),
    _by(),
    Column("opened_at", UtcTime, nullable=False),
    Column("closed_at", UtcTime),
    Column("shared_at", UtcTime),
)

focus_answer = Table(
    "focus_answer",
    metadata,
    Column("group_id", Key, primary_key=True),
    _number("focus"),
    _number("number"),
    Column("question", SmallInteger, nullable=False),
    Column("member", Integer, nullable=False),
    Column("words", Text, nullable=False),
    Column("media", String(300), nullable=False),
    Column("theme", String(12), nullable=False),
    Column("may", Boolean),
    Column("said_at", UtcTime, nullable=False),
    _of_member(),
    ForeignKeyConstraint(["group_id", "focus"], ["focus.group_id", "focus.number"]),
)

need_vote = Table(
    "need_vote",
    metadata,
    Column("group_id", Key, primary_key=True),
    _number("focus"),
    _number("member"),
    Column("votes", JSON, nullable=False),
    Column("voted_at", UtcTime, nullable=False),
    _of_member(),
    ForeignKeyConstraint(["group_id", "focus"], ["focus.group_id", "focus.number"]),
)

# Stages three and four: what the group does, and how far each is.

programme = Table(
    "programme",
    metadata,
    _group(),
    _number("number"),
    Column("kind", String(10), nullable=False),
    Column("name", String(60), nullable=False),
    Column("chosen", Boolean, nullable=False, server_default=text("false")),
    Column("what", Text),
    Column("people", Integer),
    Column("until", Date),
    Column("indicator", Text),
    Column("baseline", Integer),
    Column("responsible", Integer),
    _by(),
    Column("proposed_at", UtcTime, nullable=False),
)

programme_vote = Table(
    "programme_vote",
    metadata,
    Column("group_id", Key, primary_key=True),
    _number("programme"),
    _number("member"),
    Column("wants", Boolean, nullable=False),
    _of_member(),
    ForeignKeyConstraint(["group_id", "programme"], ["programme.group_id", "programme.number"]),
)

plan_answer = Table(
    "plan_answer",
    metadata,
    Column("group_id", Key, primary_key=True),
    _number("member"),
    Column("agrees", Boolean, nullable=False),
    Column("words", Text, nullable=False),
    Column("answered_at", UtcTime, nullable=False),
    _of_member(),
)

# What she told last; what she told before is in her conversations no longer than those are kept.
progress = Table(
    "progress",
    metadata,
    Column("group_id", Key, primary_key=True),
    _number("programme"),
    _number("member"),
    Column("step", String(10), nullable=False),
    Column("obstacle", Text, nullable=False),
    Column("told_at", UtcTime, nullable=False),
    _of_member(),
    ForeignKeyConstraint(["group_id", "programme"], ["programme.group_id", "programme.number"]),
)

# Stage six.

ending = Table(
    "ending",
    metadata,
    _group(),
    Column("last_day", Date, nullable=False),
    Column("reason", String(12), nullable=False),
    _by(),
    Column("planned_at", UtcTime, nullable=False),
    Column("told", SmallInteger),
    Column("ended_at", UtcTime),
    Column("followed_up_at", UtcTime),
)

data_choice = Table(
    "data_choice",
    metadata,
    Column("group_id", Key, primary_key=True),
    _number("member"),
    Column("keeps", Boolean, nullable=False),
    Column("chosen_at", UtcTime, nullable=False),
    _of_member(),
)

# For the mentor alone, with the member's consent.
sketch = Table(
    "sketch",
    metadata,
    Column("group_id", Key, primary_key=True),
    _number("member"),
    Column("allowed", Boolean),
    Column("lines", JSON, nullable=False),
    Column("changed_at", UtcTime, nullable=False),
    _of_member(),
)
