"""Calls are measured and held against the rules for politeness.

Revision ID: 0012_quality
Revises: 0011_audit_chain
"""

import sqlalchemy as sa
from alembic import op

revision = "0012_quality"
down_revision = "0011_audit_chain"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "scores",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.String(32), nullable=False),
        sa.Column("basis", sa.String(200), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("fatal", sa.Boolean(), nullable=False),
        sa.Column("points", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name=op.f("fk_scores_call_id_calls")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scores")),
        sa.UniqueConstraint("call_id", "basis", name=op.f("uq_scores_call_id")),
    )
    op.create_table(
        "measures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("score_id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.String(32), nullable=False),
        sa.Column("channel", sa.String(10), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["score_id"], ["scores.id"], name=op.f("fk_measures_score_id_scores")),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name=op.f("fk_measures_call_id_calls")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measures")),
    )
    op.create_index(op.f("ix_measures_score_id"), "measures", ["score_id"])
    op.create_index(op.f("ix_measures_call_id"), "measures", ["call_id"])
    op.create_table(
        "findings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("score_id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.String(32), nullable=False),
        sa.Column("rule", sa.String(80), nullable=False),
        sa.Column("zh", sa.String(80), nullable=False),
        sa.Column("en", sa.String(120), nullable=False),
        sa.Column("item", sa.String(20), nullable=False),
        sa.Column("channel", sa.String(10), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("recording_id", sa.String(32), nullable=True),
        sa.Column("second", sa.Double(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("fatal", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["score_id"], ["scores.id"], name=op.f("fk_findings_score_id_scores")),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name=op.f("fk_findings_call_id_calls")),
        sa.ForeignKeyConstraint(["recording_id"], ["recordings.id"], name=op.f("fk_findings_recording_id_recordings")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_findings")),
    )
    op.create_index(op.f("ix_findings_score_id"), "findings", ["score_id"])
    op.create_index(op.f("ix_findings_call_id"), "findings", ["call_id"])
    op.create_index(op.f("ix_findings_rule"), "findings", ["rule"])


def downgrade() -> None:
    op.drop_table("findings")
    op.drop_table("measures")
    op.drop_table("scores")
