"""What people change of the settings in the console: rules of quality, and for how long calls are kept.

Revision ID: 0028_amendments
Revises: 0027_in_doubt
"""

import sqlalchemy as sa
from alembic import op

revision = "0028_amendments"
down_revision = "0027_in_doubt"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "amendments",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("value", sa.JSON, nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("user_id", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_amendments_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_amendments")),
    )
    op.create_index("ix_amendments_kind_name", "amendments", ["kind", "name", "id"])


def downgrade() -> None:
    op.drop_index("ix_amendments_kind_name", table_name="amendments")
    op.drop_table("amendments")
