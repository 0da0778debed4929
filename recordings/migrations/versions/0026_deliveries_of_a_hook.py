"""How a web hook stands is read without going through what all of them were ever told.

Revision ID: 0026_deliveries_of_a_hook
Revises: 0025_turn_corrections
"""

from alembic import op

revision = "0026_deliveries_of_a_hook"
down_revision = "0025_turn_corrections"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_hook_deliveries_hook_id_state", "hook_deliveries", ["hook_id", "state"])
    op.create_index("ix_hook_deliveries_hook_id_id", "hook_deliveries", ["hook_id", "id"])


def downgrade() -> None:
    op.drop_index("ix_hook_deliveries_hook_id_id", "hook_deliveries")
    op.drop_index("ix_hook_deliveries_hook_id_state", "hook_deliveries")
