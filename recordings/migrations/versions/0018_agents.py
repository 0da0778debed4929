"""Agents answer calls: who is ready, who waits, what is to be done with a call, and what callers said.

Revision ID: 0018_agents
Revises: 0017_second_factor
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0018_agents"
down_revision = "0017_second_factor"
branch_labels = None
depends_on = None


def moment(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def text(name: str, length: int) -> sa.Column[Any]:
    return sa.Column(name, sa.String(length), nullable=False)


def belongs_to(table: str, name: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([name], [f"{target}.id"], name=op.f(f"fk_{table}_{name}_{target}"))


def upgrade() -> None:
    number, call = sa.Integer(), sa.String(32)
    op.create_table(
        "agents",
        sa.Column("user_id", number, nullable=False),
        text("extension", 8),
        text("state", 8),
        text("reason", 40),
        moment("since"),
        moment("free_since"),
        sa.Column("call_id", call, nullable=True),
        belongs_to("agents", "user_id", "users"),
        belongs_to("agents", "call_id", "calls"),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_agents")),
        sa.UniqueConstraint("extension", name=op.f("uq_agents_extension")),
    )
    op.create_table(
        "waiting",
        sa.Column("call_id", call, nullable=False),
        moment("since"),
        sa.Column("first", sa.Boolean(), nullable=False),
        belongs_to("waiting", "call_id", "calls"),
        sa.PrimaryKeyConstraint("call_id", name=op.f("pk_waiting")),
    )
    op.create_table(
        "wishes",
        sa.Column("id", number, nullable=False),
        sa.Column("call_id", call, nullable=False),
        sa.Column("user_id", number, nullable=False),
        text("kind", 10),
        text("target", 8),
        moment("at"),
        moment("done_at", nullable=True),
        belongs_to("wishes", "call_id", "calls"),
        belongs_to("wishes", "user_id", "users"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wishes")),
    )
    op.create_index("ix_wishes_call_id_done_at", "wishes", ["call_id", "done_at"])
    op.create_table(
        "surveys",
        sa.Column("call_id", call, nullable=False),
        sa.Column("user_id", number, nullable=False),
        sa.Column("score", number, nullable=False),
        moment("at"),
        belongs_to("surveys", "call_id", "calls"),
        belongs_to("surveys", "user_id", "users"),
        sa.PrimaryKeyConstraint("call_id", name=op.f("pk_surveys")),
    )
    op.create_index(op.f("ix_surveys_user_id"), "surveys", ["user_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_surveys_user_id"), "surveys")
    op.drop_table("surveys")
    op.drop_index("ix_wishes_call_id_done_at", "wishes")
    for table in ("wishes", "waiting", "agents"):
        op.drop_table(table)
