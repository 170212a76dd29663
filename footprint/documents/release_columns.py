"""Columns of documents about what was released."""

from __future__ import annotations

from footprint.documents.columns import Column

RELEASES: dict[str, Column] = {
    "ReleasedFileRow.revision": Column("revisions", "of the map or report, as the office counts them"),
    "ReleaseAuditDocument.counts_told": Column("counts", "of incidents that were released"),
    "AuditedCountRow.first_year": Column("year", "first of the span, inclusive"),
    "AuditedCountRow.last_year": Column("year", "last of the span, inclusive"),
    "AuditedCountRow.least": Column("incidents", "that there are at least, as far as can be worked out"),
    "AuditedCountRow.most": Column("incidents", "that there are at most", "nothing that was told bounds it"),
    "AuditedPlanRow.releases": Column("releases", "of the plan"),
    "AuditedPlanRow.narrowing_pairs": Column(
        "pairs", "of releases that together tell the part of a square which lies in a unit"
    ),
    "ReleaseCheckDocument.log_entries": Column("entries", "of the log of releases"),
}
"""By "Table.column"."""
