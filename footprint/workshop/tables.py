"""Tables of the store, as the newest migration leaves them."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, ForeignKeyConstraint, Integer, MetaData, String, Table, Text

METADATA = MetaData()

DESK = Table(
    "desk",
    METADATA,
    Column("desk_id", String(32), primary_key=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("area_id", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("step", Integer, nullable=False),
    Column("made_at", String(32), nullable=False),
)
"""Desks: who has the token may act there. `version` counts acts, `step` is where undo and redo stand."""

CONTENT = Table(
    "content",
    METADATA,
    Column("digest", String(64), primary_key=True),
    Column("text", Text, nullable=False),
)
"""What plans hold, once for all desks and steps, under its hash."""

STEP = Table(
    "step",
    METADATA,
    Column("desk_id", String(32), ForeignKey("desk.desk_id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("parent", Integer),
    Column("act", String(32), nullable=False),
    Column("made_at", String(32), nullable=False),
    Column("person", Text, nullable=False, server_default=""),
)
"""Every act that made something new, and the step it was made on: a tree, of which nothing is cut off."""

STANDING = Table(
    "standing",
    METADATA,
    Column("desk_id", String(32), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("plan_id", String(32), nullable=False),
    Column("digest", String(64), ForeignKey("content.digest"), nullable=False),
    Column("archived", Integer, nullable=False),
    ForeignKeyConstraint(["desk_id", "number"], ["step.desk_id", "step.number"]),
)
"""The plans that stand after a step, in their order."""

DRAFT = Table(
    "draft",
    METADATA,
    Column("desk_id", String(32), ForeignKey("desk.desk_id"), primary_key=True),
    Column("person", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("plan_id", String(32), nullable=False),
    Column("text", Text, nullable=False),
    Column("made_at", String(32), nullable=False),
)
"""What somebody is at and has not made an act of: one for each person at a desk."""
