"""Alembic's entry: runs the migrations on the connection that it is handed, in the transaction that is open there."""

from alembic import context

from recordings.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
