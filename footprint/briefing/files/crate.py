"""Crate: what a set consists of, who may have it and what it rests on, as RO-Crate metadata."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from rocrate.model.contextentity import ContextEntity
from rocrate.rocrate import ROCrate

from footprint.briefing.brief import Brief
from footprint.briefing.files.about import about, not_known, place
from footprint.briefing.files.plain import plain
from footprint.briefing.files.tables import sources
from footprint.briefing.small_print import handling, not_drawn
from footprint.provenance import version

_VERSION = "1.1"
"""Of the specification: the one that most readers know."""


@dataclass(frozen=True, slots=True)
class CratedFile:
    """A file of a set."""

    content: bytes = field(repr=False)
    media_type: str
    description: str


def crate_of(brief: Brief, files: Mapping[str, CratedFile], code: str = "") -> bytes:
    """
    Return the metadata of a set of files, for `ro-crate-metadata.json` beside them.

    Parameters
    ----------
    brief
        What the files were made from.
    files
        Every file of the set, by its name.
    code
        Under which the metadata stand in the log of releases; "" without one.

    Returns
    -------
    bytes
        JSON-LD (RO-Crate 1.1). Nothing is asked of the network, and equal sets give equal bytes.
    """
    rows = {row.key: row for row in about(brief, code)}
    crate = ROCrate(version=_VERSION)
    crate.name = f"{place(brief)} — {plain(brief.number)}, {brief.revision}"
    # Whoever looks for a layer that is in no file reads here that it is not known.
    beside = (rows["title"].value, rows["invented"].value, *map(plain, not_drawn(brief, brief.language)))
    crate.description = " ".join(filter(None, beside))
    crate.datePublished = brief.made
    root = crate.root_dataset
    root["inLanguage"] = brief.language.code
    root["conditionsOfAccess"] = f"{handling(brief)}. {rows['terms'].value}"
    root["version"] = str(brief.revision)
    root["identifier"] = [plain(brief.number), *filter(None, [code])]
    root["temporalCoverage"] = brief.prepared.area.frame_date.isoformat()
    root["license"] = _entity(
        crate,
        "#terms",
        {
            "@type": "CreativeWork",
            "name": rows["terms"].label,
            "description": f"{handling(brief)}. {rows['terms'].value}",
        },
    )
    root["publisher"] = _releaser(brief, crate)
    root["isBasedOn"] = _sources(brief, crate)
    root["usageInfo"] = " ".join((rows["reading"].value, rows["places"].value, *not_known(brief)))
    made_by = _tool(brief, crate, rows["provenance"].value)
    for name, each in sorted(files.items()):
        entity = crate.add_file(dest_path=name, properties=_file(name, each))
        made_by.append_to("result", entity)
    root["mentions"] = made_by
    return (json.dumps(_sorted(crate), ensure_ascii=False, indent=2) + "\n").encode()


def _file(name: str, each: CratedFile) -> dict[str, Any]:
    return {
        "name": plain(name),
        "encodingFormat": each.media_type,
        "description": plain(each.description),
        "contentSize": str(len(each.content)),
        "sha256": hashlib.sha256(each.content).hexdigest(),
    }


def _releaser(brief: Brief, crate: ROCrate) -> ContextEntity:
    # A function of an office, never a person.
    return _entity(crate, "#releaser", {"@type": "Organization", "name": plain(brief.release.releaser)})


def _sources(brief: Brief, crate: ROCrate) -> list[ContextEntity]:
    """Return each source of the area with its licence, and whether it is invented."""
    table = sources(brief)
    keys = [column.key for column in table.columns]
    entities = []
    for number, cells in enumerate(table.rows, start=1):
        row = dict(zip(keys, map(str, cells), strict=True))
        invented = brief.language.labelled(table.columns[keys.index("invented")].label, row["invented"])
        entities.append(
            _entity(
                crate,
                f"#source-{number}",
                {
                    "@type": "CreativeWork",
                    "name": row["title"],
                    "about": row["layer"],
                    "description": f"{row['origin']}. {invented}.",
                    "dateCreated": row["date"],
                    "license": row["licence"],
                },
            )
        )
    return entities


def _tool(brief: Brief, crate: ROCrate, provenance: str) -> ContextEntity:
    """Return the making of the set: by which program, from what."""
    program = _entity(
        crate,
        "#footprint-review",
        {"@type": "SoftwareApplication", "name": "footprint-review", "version": version()},
    )
    made = {
        "@type": "CreateAction",
        "name": brief.language.text("Making of the set"),
        "description": provenance,
        "endTime": brief.made.isoformat(),
    }
    action = _entity(crate, "#making", made)
    action["instrument"] = program
    return action


def _entity(crate: ROCrate, identifier: str, properties: dict[str, Any]) -> ContextEntity:
    return crate.add(ContextEntity(crate, identifier, properties=properties))


def _sorted(crate: ROCrate) -> dict[str, Any]:
    """Return the metadata, its parts in the order of their identifiers and under no time of writing."""
    content: dict[str, Any] = crate.metadata.generate()
    return {**content, "@graph": sorted(content["@graph"], key=lambda entity: str(entity["@id"]))}
