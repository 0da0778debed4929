"""First ring: calls, recordings, what was understood of them, and who may look.

Revision ID: 0001_first_ring
Revises:
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001_first_ring"
down_revision = None
branch_labels = None
depends_on = None

FIRST_CASE = 100001


def moment(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def text(name: str, length: int) -> sa.Column[Any]:
    return sa.Column(name, sa.String(length), nullable=False)


def serial() -> sa.Column[Any]:
    return sa.Column("id", sa.Integer, nullable=False)


def belongs_to(name: str, target: str, kind: sa.types.TypeEngine[Any], *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, kind, sa.ForeignKey(target), nullable=nullable)


def upgrade() -> None:
    telephone()
    understanding()
    people()
    number_cases()


def telephone() -> None:
    op.create_table(
        "calls",
        text("id", 32),
        text("channel_id", 80),
        text("node", 64),
        text("caller", 40),
        text("line", 40),
        moment("started_at"),
        moment("answered_at", nullable=True),
        moment("ended_at", nullable=True),
        text("menu_path", 200),
        text("outcome", 40),
        sa.PrimaryKeyConstraint("id", name="pk_calls"),
        sa.UniqueConstraint("channel_id", name="uq_calls_channel_id"),
    )
    op.create_index("ix_calls_started_at", "calls", ["started_at"])
    op.create_index("ix_calls_node_ended_at", "calls", ["node", "ended_at"])
    op.create_table(
        "legs",
        serial(),
        belongs_to("call_id", "calls.id", sa.String(32)),
        text("side", 10),
        sa.PrimaryKeyConstraint("id", name="pk_legs"),
    )
    op.create_index("ix_legs_call_id", "legs", ["call_id"])
    op.create_table(
        "recordings",
        text("id", 32),
        belongs_to("leg_id", "legs.id", sa.Integer()),
        text("state", 12),
        text("reason", 300),
        moment("requested_at"),
        moment("started_at", nullable=True),
        moment("settled_at", nullable=True),
        text("key", 200),
        sa.Column("size", sa.Integer, nullable=True),
        text("sha256", 64),
        sa.Column("duration", sa.Double, nullable=True),
        text("stage", 12),
        moment("stage_at", nullable=True),
        sa.Column("attempts", sa.Integer, nullable=False),
        moment("held_until", nullable=True),
        text("problem", 300),
        sa.PrimaryKeyConstraint("id", name="pk_recordings"),
    )
    op.create_index("ix_recordings_leg_id", "recordings", ["leg_id"])
    op.create_index("ix_recordings_state", "recordings", ["state"])
    op.create_index("ix_recordings_stage_stage_at", "recordings", ["stage", "stage_at"])
    op.create_table(
        "messages",
        serial(),
        belongs_to("recording_id", "recordings.id", sa.String(32)),
        text("flow", 40),
        sa.Column("start", sa.Double, nullable=False),
        sa.Column("end", sa.Double, nullable=False),
        text("ended_by", 12),
        sa.PrimaryKeyConstraint("id", name="pk_messages"),
    )
    op.create_index("ix_messages_recording_id", "messages", ["recording_id"])
    op.create_table(
        "events",
        serial(),
        belongs_to("call_id", "calls.id", sa.String(32)),
        moment("at"),
        text("kind", 40),
        sa.Column("detail", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
    )
    op.create_index("ix_events_call_id", "events", ["call_id"])
    op.create_table(
        "cases",
        sa.Column("number", sa.Integer, sa.Identity(start=FIRST_CASE), nullable=False),
        belongs_to("call_id", "calls.id", sa.String(32)),
        text("flow", 40),
        moment("opened_at"),
        sa.PrimaryKeyConstraint("number", name="pk_cases"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_cases_call_id", "cases", ["call_id"])
    op.create_table(
        "heartbeats",
        text("name", 80),
        moment("seen_at"),
        sa.Column("detail", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_heartbeats"),
    )


def understanding() -> None:
    op.create_table(
        "transcripts",
        serial(),
        belongs_to("recording_id", "recordings.id", sa.String(32)),
        text("model", 80),
        moment("made_at"),
        sa.Column("text", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_transcripts"),
    )
    op.create_index("ix_transcripts_recording_id", "transcripts", ["recording_id"])
    op.create_table(
        "turns",
        serial(),
        belongs_to("transcript_id", "transcripts.id", sa.Integer()),
        sa.Column("start", sa.Double, nullable=False),
        sa.Column("end", sa.Double, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("words", sa.JSON, nullable=False),
        sa.Column("partial", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_turns"),
    )
    op.create_index("ix_turns_transcript_id", "turns", ["transcript_id"])
    op.create_table(
        "triage",
        serial(),
        belongs_to("call_id", "calls.id", sa.String(32)),
        belongs_to("transcript_id", "transcripts.id", sa.Integer()),
        moment("made_at"),
        text("category", 12),
        text("second", 12),
        sa.Column("confidence", sa.Double, nullable=False),
        text("urgency", 10),
        sa.Column("evidence", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_triage"),
    )
    for column in ("call_id", "transcript_id", "category", "urgency"):
        op.create_index(f"ix_triage_{column}", "triage", [column])


def people() -> None:
    op.create_table(
        "users",
        serial(),
        text("name", 60),
        text("password_hash", 200),
        text("role", 12),
        sa.Column("must_change_password", sa.Boolean, nullable=False),
        moment("created_at"),
        sa.PrimaryKeyConstraint("id", name="pk_users"),
        sa.UniqueConstraint("name", name="uq_users_name"),
    )
    op.create_table(
        "corrections",
        serial(),
        belongs_to("call_id", "calls.id", sa.String(32)),
        belongs_to("user_id", "users.id", sa.Integer()),
        moment("made_at"),
        text("field", 20),
        text("before", 200),
        text("after", 200),
        sa.PrimaryKeyConstraint("id", name="pk_corrections"),
    )
    op.create_index("ix_corrections_call_id", "corrections", ["call_id"])
    op.create_table(
        "audit",
        serial(),
        moment("at"),
        belongs_to("user_id", "users.id", sa.Integer(), nullable=True),
        text("action", 40),
        text("target", 80),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )


def number_cases() -> None:
    """SQLite knows no start value: its counter is a row, and the next number is one more."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"INSERT INTO sqlite_sequence (name, seq) VALUES ('cases', {FIRST_CASE - 1})")


def downgrade() -> None:
    for table in ("audit", "corrections", "users", "triage", "turns", "transcripts"):
        op.drop_table(table)
    for table in ("heartbeats", "cases", "events", "messages", "recordings", "legs", "calls"):
        op.drop_table(table)
