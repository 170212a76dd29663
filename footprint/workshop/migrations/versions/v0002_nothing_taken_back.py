"""Version 2: a step says who made it, and what was written once can be neither changed nor deleted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_KEPT = ("step", "standing", "content")


def upgrade() -> None:
    """Add the person to steps, and guard what is only ever added to."""
    op.add_column("step", sa.Column("person", sa.Text, nullable=False, server_default=""))
    if op.get_bind().dialect.name != "sqlite":
        return  # PostgreSQL guards by what the tool's role is granted
    for table in _KEPT:
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is only added to'); END"
            )
