"""The method: every number and bundle a review rests on, typed and frozen."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from footprint.errors import MethodError
from footprint.method.drawn import Drawn, DrawnName, UncertaintyNumbers, drawn, refuse_names
from footprint.method.option_numbers import OptionNumbers
from footprint.method.parts import (
    AssetKind,
    Bundle,
    Capability,
    Changed,
    Demand,
    EvidenceNumbers,
    HotspotNumbers,
    Package,
    Parameter,
    ProposalNumbers,
    Reporting,
    SeasonalityNumbers,
    Tasking,
    Travel,
    ViolenceNumbers,
)
from footprint.method.reading import (
    LEAF_PARTS,
    SECTIONS,
    Leaf,
    leaf,
    leaves,
    no_text,
    number,
    only,
    out_of_range,
    refuse,
    section,
    shown,
    table,
    text,
)
from footprint.method.structure import asset, bundle, capability, every, package
from layers.sentences import Sentence, say

BUNDLES = ("FORCE", "TIER_1", "TIER_2", "TIER_3")
"""Bundles that every method has: the Force footprint and the three tiers."""

STRUCTURE = ("capability", "drawn", "bundle", "asset", "package")
"""Tables of things, not of numbers."""

_WITH_NUMBERS = ("drawn", "capability")
"""Those of them whose things have numbers."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Method:
    """Everything a review assumes; shown in full beside every result."""

    parameters: tuple[Parameter, ...] = field(repr=False)
    travel: Travel = field(repr=False)
    demand: Demand = field(repr=False)
    reporting: Reporting = field(repr=False)
    tasking: Tasking = field(repr=False)
    violence: ViolenceNumbers = field(repr=False)
    evidence: EvidenceNumbers = field(repr=False)
    proposals: ProposalNumbers = field(repr=False)
    options: OptionNumbers = field(repr=False)
    uncertainty: UncertaintyNumbers = field(repr=False)
    drawn: Mapping[DrawnName, Drawn] = field(repr=False)
    capabilities: Mapping[str, Capability] = field(repr=False)
    bundles: Mapping[str, Bundle] = field(repr=False)
    assets: Mapping[str, AssetKind] = field(repr=False)
    packages: Mapping[str, Package] = field(repr=False)
    digest: str
    """Hash of every number, capability, bundle, asset and package; equal digests give equal results."""
    changes: tuple[Changed, ...] = ()
    """Numbers that differ from those of the file it was read from."""
    content: Mapping[str, Any] = field(repr=False)
    """The file, as it was read."""

    def __eq__(self, other: object) -> bool:
        """Methods are equal if they give equal results."""
        return isinstance(other, Method) and self.digest == other.digest and self.changes == other.changes

    def __hash__(self) -> int:
        """Hash by what decides results."""
        return hash(self.digest)

    def edited(self, changes: Mapping[str, float]) -> Method:
        """
        Return this method with some numbers replaced.

        Parameters
        ----------
        changes
            New value of each number by its path, in its own unit.

        Returns
        -------
        Method
            A new method; numbers that return to their default are no longer changes.

        Raises
        ------
        MethodError
            If there is no such number or its value is out of range; all faults are named.
        """
        return read_method(self.content, {change.path: change.new for change in self.changes} | dict(changes))


@cache
def default_method() -> Method:
    """Return the method as shipped."""
    return read_method(_shipped())


@cache
def _shipped() -> dict[str, Any]:
    file = resources.files("footprint.method").joinpath("method.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def read_method(content: Mapping[str, Any], changes: Mapping[str, object] | None = None) -> Method:
    """
    Read a method from the content of its file.

    Parameters
    ----------
    content
        Tables as in `method.toml`.
    changes
        Values in place of some of its numbers, by path.

    Raises
    ------
    MethodError
        Naming path, value and range, or kind, of what is wrong.
    """
    if not isinstance(content, Mapping):
        raise MethodError(say("the method is {value}; it must be tables", value=shown(content)))
    only(content, {"sources", "about", *SECTIONS, *STRUCTURE}, "")
    only(table(content, "about"), _WITH_NUMBERS, "about")
    parameters = _parameters(content, changes or {})
    value = {parameter.parameter_id: parameter.value for parameter in parameters}
    assets = every(table(content, "asset"), "asset", asset)
    capabilities = every(
        table(content, "capability"), "capability", lambda key, entry: capability(key, entry, assets, value)
    )
    bundles = every(table(content, "bundle"), "bundle", lambda key, entry: bundle(key, entry, capabilities))
    refuse(
        say("{key} is missing; it must be a table", key=f"bundle.{name}")
        for name in BUNDLES
        if name not in bundles
    )
    packages = every(table(content, "package"), "package", lambda key, entry: package(key, entry, assets))
    refuse_names(table(content, "drawn"))
    not_exact = every(table(content, "drawn"), "drawn", lambda key, entry: drawn(key, entry, value))
    typed = (capabilities, bundles, assets, packages, not_exact)
    return Method(
        parameters=parameters,
        travel=section(Travel, "travel", value),
        demand=section(Demand, "demand", value),
        reporting=section(Reporting, "reporting", value),
        tasking=section(Tasking, "tasking", value),
        violence=ViolenceNumbers(
            hotspots=section(HotspotNumbers, "hotspots", value),
            seasonality=section(SeasonalityNumbers, "seasonality", value),
        ),
        evidence=section(EvidenceNumbers, "evidence", value),
        proposals=section(ProposalNumbers, "proposals", value),
        options=section(OptionNumbers, "options", value),
        uncertainty=section(UncertaintyNumbers, "uncertainty", value),
        drawn={each.name: each for each in not_exact.values()},
        capabilities=capabilities,
        bundles=bundles,
        assets=assets,
        packages=packages,
        digest=_digest(value, typed),
        changes=tuple(
            Changed(path=p.parameter_id, old=p.default, new=p.value, unit=p.unit)
            for p in parameters
            if p.changed
        ),
        content=content,
    )


def _digest(values: Mapping[str, float], things: Iterable[Mapping[str, Any]]) -> str:
    """Hash every number and everything that is built of them but words, which change no result."""
    content = [
        sorted(values.items()),
        [{key: asdict(each) | {"label": ""} for key, each in sorted(own.items())} for own in things],
    ]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]


def _parameters(content: Mapping[str, Any], changes: Mapping[str, object]) -> tuple[Parameter, ...]:
    """Return every number of the file, changed where asked; raise with the faults of all."""
    sources = table(content, "sources")
    refuse(no_text(f"sources.{key}", each) for key, each in sources.items() if not _said(each))
    known, faults = _known(content, sources)
    faults += [
        say("there is no number {name} in the method", name=repr(name))
        for name in changes
        if name not in known
    ]
    for path, own in known.items():
        value = number(changes.get(path, own.value))
        if value is None or not own.minimum <= value <= own.maximum:
            faults.append(out_of_range(path, changes[path], own))
    refuse(faults)
    return tuple(_parameter(content, path, own, changes) for path, own in known.items())


def _said(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _known(content: Mapping[str, Any], sources: Mapping[str, str]) -> tuple[dict[str, Leaf], list[Sentence]]:
    """Return every number of the file by path, and what is wrong with the others."""
    known: dict[str, Leaf] = {}
    faults: list[Sentence] = []
    for name in (*SECTIONS, *_WITH_NUMBERS):
        faults += _strays(name, table(content, name))
        for path, entry in leaves({name: content[name]}):
            try:
                known[path] = leaf(path, entry, sources)
            except MethodError as error:
                faults += error.sentences
    return known, faults


def _strays(path: str, entries: Mapping[str, Any]) -> list[Sentence]:
    """Return what stands among the numbers of a section and is none."""
    if path in _WITH_NUMBERS:
        return []
    faults = (
        []
        if path.count(".") or _said(entries.get("about"))
        else [no_text(f"{path}.about", entries.get("about"))]
    )
    for key, entry in entries.items():
        here = f"{path}.{key}"
        if isinstance(entry, dict):
            faults += [] if "value" in entry else _strays(here, entry) or _empty(here, entry)
        elif key != "about" or path.count("."):
            faults.append(
                say(
                    "{key} is {value}; it must be a number with {parts}",
                    key=here,
                    value=shown(entry),
                    parts=", ".join(LEAF_PARTS),
                )
            )
    return faults


def _empty(path: str, entry: Mapping[str, Any]) -> list[Sentence]:
    return [] if entry else [say("{key} is empty; it must be a table of numbers", key=path)]


def _parameter(content: Mapping[str, Any], path: str, own: Leaf, changes: Mapping[str, object]) -> Parameter:
    name, *rest = path.split(".")
    of_capability = table(table(content, name), rest[0], name) if name == "capability" else None
    effect = text(table(content, "about"), name, "about") if name in _WITH_NUMBERS else content[name]["about"]
    value = number(changes.get(path, own.value))
    return Parameter(
        parameter_id=path,
        value=own.value if value is None else value,
        default=own.value,
        unit=own.unit,
        minimum=own.minimum,
        maximum=own.maximum,
        source=content["sources"][own.source],
        judgement=own.source == "J",
        label=own.label,
        group=text(of_capability, "label", f"{name}.{rest[0]}") if of_capability else name,
        effect=effect,
    )
