"""What Alembic runs: migrations inside the transaction that the store's opening has begun."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection


def migrate(connection: Connection) -> None:
    """Bring the database behind `connection` to the newest version, whole or not at all."""
    # SQLite keeps changes of tables within a transaction; Alembic must be told.
    context.configure(connection=connection, transactional_ddl=True)
    with context.begin_transaction():
        context.run_migrations()


migrate(context.config.attributes["connection"])
