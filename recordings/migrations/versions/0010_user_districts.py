"""Users work for some districts, or for all.

Revision ID: 0010_user_districts
Revises: 0009_callbacks
"""

import sqlalchemy as sa
from alembic import op

revision = "0010_user_districts"
down_revision = "0009_callbacks"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "user_districts",
        sa.Column("user_id", sa.Integer, nullable=False),
        sa.Column("district", sa.String(2), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "district", name="pk_user_districts"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_user_districts_user_id_users"),
        sa.ForeignKeyConstraint(["district"], ["districts.key"], name="fk_user_districts_district_districts"),
    )


def downgrade() -> None:
    op.drop_table("user_districts")
