"""Calling residents back: what was asked for, every attempt, and which way a call went.

Revision ID: 0009_callbacks
Revises: 0008_listing
"""

import sqlalchemy as sa
from alembic import op

revision = "0009_callbacks"
down_revision = "0008_listing"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Not in batch mode: that would make the table anew, and rows elsewhere refer to its calls.
    op.add_column("calls", sa.Column("direction", sa.String(3), nullable=False, server_default="in"))
    op.create_table(
        "callbacks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_number", sa.Integer(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("requested_by", sa.Integer(), nullable=True),
        sa.Column("to", sa.String(200), nullable=False),
        sa.Column("at_any_hour", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("node", sa.String(64), nullable=False),
        sa.Column("answer", sa.String(12), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_number"], ["cases.number"], name=op.f("fk_callbacks_case_number_cases")),
        sa.ForeignKeyConstraint(["requested_by"], ["users.id"], name=op.f("fk_callbacks_requested_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_callbacks")),
    )
    op.create_index(op.f("ix_callbacks_case_number"), "callbacks", ["case_number"])
    op.create_index("ix_callbacks_state_due_at", "callbacks", ["state", "due_at"])
    op.create_table(
        "callback_attempts",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("callback_id", sa.Integer(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("result", sa.String(12), nullable=False),
        sa.Column("call_id", sa.String(32), nullable=True),
        sa.ForeignKeyConstraint(
            ["callback_id"], ["callbacks.id"], name=op.f("fk_callback_attempts_callback_id_callbacks")
        ),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name=op.f("fk_callback_attempts_call_id_calls")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_callback_attempts")),
    )
    op.create_index(op.f("ix_callback_attempts_callback_id"), "callback_attempts", ["callback_id"])


def downgrade() -> None:
    op.drop_table("callback_attempts")
    op.drop_table("callbacks")
    op.drop_column("calls", "direction")
