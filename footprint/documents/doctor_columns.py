"""Columns of the bundle for a colleague who helps."""

from __future__ import annotations

from footprint.documents.columns import Column

DOCTOR: dict[str, Column] = {
    "MachinePart.processors": Column("processors", "that the process may use", "the system does not say"),
    "MachinePart.memory_gb": Column("GB", "of the machine", "the system does not say", 1),
    "MachinePart.memory_free_gb": Column("GB", "that could be had", "the system does not say", 1),
    "MachinePart.fonts": Column("files", "of the fonts that come with the tool"),
    "CagePart.landlock_version": Column("version", "of the kernel's Landlock", "the kernel has none"),
    "CagePart.took_s": Column("s", "to look at a file of two rows", decimals=1),
    "DoctorFolderRow.free_gb": Column("GB", "free on its disk", "the folder is not there", 0),
    "StorePart.size_mb": Column("MB", "of the store and what is not yet merged into it", "there is none", 1),
    "DoctorDocument.cache_mb": Column("MB", "in the user's cache folder of the tool", decimals=0),
    "DoctorAreaPart.load_s": Column("s", "to load the area", "it did not come that far", 1),
    "DoctorAreaPart.prepare_s": Column("s", "to make it ready", "it did not come that far", 1),
    "DoctorAreaPart.review_s": Column("s", "for a first review", "it did not come that far", 1),
    "DoctorAreaPart.memory_mb": Column("MB", "most that the process held", "it did not come that far", 0),
}
"""By "Table.column"."""
