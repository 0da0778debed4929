"""Files of purged calls are removed from the store after their rows are gone, also when a crash comes between.

Revision ID: 0007_discarded
Revises: 0006_orders
"""

import sqlalchemy as sa
from alembic import op

revision = "0007_discarded"
down_revision = "0006_orders"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "discarded",
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_discarded")),
    )


def downgrade() -> None:
    op.drop_table("discarded")
