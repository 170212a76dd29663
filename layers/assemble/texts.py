"""The texts of an area folder: `area.toml` and `objectives.toml`, the same bytes for the same catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from layers.assemble.plans import LayerPlan
from layers.assemble.toml import toml_key, toml_value
from layers.manifest import FORMAT

HEAD = "# Weights and regions are set by the mission's leadership; these stand until it does.\n"
"""First line of the objectives."""


def area_table(area: Mapping[str, Any], plans: Iterable[LayerPlan], frame_date: object) -> dict[str, Any]:
    """
    Return the content of `area.toml`.

    Parameters
    ----------
    area
        Table `area` of the catalogue, taken over as it stands.
    plans
        Layers of the folder; the population's unit and year are those its reader was told.
    frame_date
        Day under review.
    """
    by_layer = {plan.layer: plan for plan in plans}
    people = by_layer.pop("population", None)
    options = people.steps[0].options if people is not None and people.steps else {}
    by_hand = [layer for layer, plan in by_layer.items() if plan.by_hand]
    raster = {"file": people.file if people is not None else None}
    if people is not None and people.by_hand:
        by_hand.append("population")
        raster |= people.people
    else:
        raster |= {"unit": options.get("unit"), "year": options.get("year")}
    plain = {key: value for key, value in area.items() if not isinstance(value, dict)}
    tables = {key: value for key, value in area.items() if isinstance(value, dict)}
    name = {"name": tables.pop("name")} if "name" in tables else {}
    return {
        "format": FORMAT,
        **plain,
        "frame_date": frame_date,
        "assembled": True,
        **({"by_hand": by_hand} if by_hand else {}),
        **name,
        "layers": {layer: plan.file for layer, plan in by_layer.items()},
        "population": raster,
        **tables,
    }


def area_text(area: Mapping[str, Any], plans: Iterable[LayerPlan], frame_date: date) -> str:
    """Return `area.toml` of the folder."""
    said = area_table(area, plans, frame_date)
    blocks = ["\n".join(_lines({key: value for key, value in said.items() if not isinstance(value, dict)}))]
    for key, table in said.items():
        if not isinstance(table, dict):
            continue
        if table and all(isinstance(value, dict) for value in table.values()):
            blocks += [_block(f"[{toml_key(key)}.{toml_key(name)}]", inner) for name, inner in table.items()]
        else:
            blocks.append(_block(f"[{toml_key(key)}]", table))
    return "\n\n".join(blocks) + "\n"


def objectives_text(objectives: Iterable[Mapping[str, Any]]) -> str:
    """Return `objectives.toml` of the folder."""
    return HEAD + "".join(f"\n{_block('[[objective]]', objective)}\n" for objective in objectives)


def _block(head: str, table: Mapping[str, Any]) -> str:
    return "\n".join([head, *_lines(table)])


def _lines(table: Mapping[str, Any], within: str = "") -> Iterator[str]:
    """Yield a line for each key, tables within as dotted keys."""
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _lines(value, f"{within}{toml_key(key)}.")
        else:
            yield f"{within}{toml_key(key)} = {toml_value(value)}"
