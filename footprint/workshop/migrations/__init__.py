"""Migrations of the store, run by Alembic whenever a store is opened."""
