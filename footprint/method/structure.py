"""Structure: what the method's file says of capabilities, bundles, assets and packages, checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from footprint.errors import MethodError
from footprint.method.parts import AssetKind, Bundle, Capability, Component, Decay, Package
from footprint.method.reading import LEAF_PARTS, flag, missing, only, refuse, shown, table, text, texts
from layers.sentences import Sentence, as_typed, say
from layers.sites import SiteKind

LAND_PROFILES = ("", "civil", "patrol", "convoy", "searched", "foot")
"""Travel profiles by which a capability may move on the ground; "" where it never does."""

DECAYS = {
    "minutes": ("full_min", "zero_min"),
    "km": ("full_km", "zero_km"),
    "air_minutes": ("air_full_min", "air_zero_min"),
}
"""Limits of each decay of a capability: full up to the one, nothing from the other on."""

MOST = 1000
"""Most assets of a kind that one package brings."""

_NUMBERS = {"availability", "radius_km", *(key for pair in DECAYS.values() for key in pair)}
_CAPABILITY = {
    "component",
    "label",
    "assets",
    "needs",
    "relay",
    "ground",
    "boat",
    "air",
    "escorted",
    "overnight",
    "shared",
}

Part = TypeVar("Part")


def every(
    entries: Mapping[str, Any], path: str, read: Callable[[str, dict[str, Any]], Part]
) -> dict[str, Part]:
    """Return every entry of a table as read, or raise `MethodError` with the faults of all."""
    parts, faults = {}, list[Sentence]()
    for key in entries:
        try:
            parts[key] = read(key, table(entries, key, path))
        except MethodError as error:
            faults += error.sentences
    refuse(faults)
    return parts


def asset(key: str, entry: dict[str, Any]) -> AssetKind:
    """Return a kind of asset."""
    path = f"asset.{key}"
    only(entry, {"label", "component"}, path)
    component = Component(text(entry, "component", path, allowed=list(Component)))
    return AssetKind(kind=key, label=text(entry, "label", path), component=component)


def package(key: str, entry: dict[str, Any], assets: Mapping[str, AssetKind]) -> Package:
    """Return a package of assets that a proposal brings."""
    path = f"package.{key}"
    only(entry, {"label", "site", "assets"}, path)
    held = table(entry, "assets", path)
    empty = say("{key} is empty; it must name at least one asset", key=f"{path}.assets")
    refuse([] if held else [empty])
    only(held, assets, f"{path}.assets")
    refuse(
        say(
            "{key} is {value}; it must be a whole number from {least} to {most}",
            key=f"{path}.assets.{kind}",
            value=shown(count),
            least=1,
            most=MOST,
        )
        for kind, count in held.items()
        if isinstance(count, bool) or not isinstance(count, int) or not 1 <= count <= MOST
    )
    return Package(
        package_id=key,
        label=text(entry, "label", path),
        site_kind=text(entry, "site", path, allowed=list(SiteKind)),
        assets=tuple(held.items()),
    )


def capability(
    key: str, entry: dict[str, Any], assets: Mapping[str, AssetKind], values: Mapping[str, float]
) -> Capability:
    """Return a capability with its numbers; `values` are those of the whole file by path."""
    path = f"capability.{key}"
    only(entry, _CAPABILITY | _NUMBERS, path)
    own = {name: values[f"{path}.{name}"] for name in _NUMBERS if f"{path}.{name}" in values}
    refuse(
        say(
            "{key} is {value}; it must have {parts}",
            key=f"{path}.{name}",
            value=shown(entry[name]),
            parts=", ".join(LEAF_PARTS),
        )
        for name in _NUMBERS & entry.keys() - own.keys()
    )
    if "availability" not in own:
        raise MethodError(missing(f"{path}.availability"))
    decays = {name: _decay(path, own, *limits) for name, limits in DECAYS.items()}
    kinds = ["", *assets]
    read = Capability(
        capability_id=key,
        label=text(entry, "label", path),
        component=Component(text(entry, "component", path, allowed=list(Component))),
        assets=texts(entry.get("assets"), f"{path}.assets", allowed=assets),
        needs=text({"needs": ""} | entry, "needs", path, allowed=kinds),
        relay=text({"relay": ""} | entry, "relay", path, allowed=kinds),
        ground=text(entry, "ground", path, allowed=LAND_PROFILES),
        boat=flag(entry, "boat", path),
        air=flag(entry, "air", path),
        escorted=flag(entry, "escorted", path),
        overnight=flag(entry, "overnight", path),
        shared=flag(entry, "shared", path),
        radius_km=own.get("radius_km"),
        availability=own["availability"],
        **decays,
    )
    refuse(_idle(path, read))
    return read


def _idle(path: str, read: Capability) -> list[Sentence]:
    """Return what of a capability would act on nothing, or that it gets nowhere."""
    moves = bool(read.ground) or read.boat
    ways = (moves, read.air, read.radius_km is not None, bool(read.relay))
    by_land = say("{first} or {second}", first="ground", second="boat")
    checks = (
        (moves, read.minutes is not None, DECAYS["minutes"], by_land),
        (moves or read.km is None, True, DECAYS["km"], by_land),
        (read.air, read.air_minutes is not None, DECAYS["air_minutes"], "air"),
    )
    faults = [
        say(
            "{key}: {first} and {second} go with {way}; it has one without the other",
            key=path,
            first=numbers[0],
            second=numbers[1],
            way=way,
        )
        for has_way, has_numbers, numbers, way in checks
        if has_way != has_numbers
    ]
    if not any(ways):
        faults.append(
            say(
                "{key}: it gets nowhere; give it one of: {known}",
                key=path,
                known="ground, boat, air, radius_km, relay",
            )
        )
    return faults


def _decay(path: str, own: Mapping[str, float], full: str, zero: str) -> Decay | None:
    there = [name for name in (full, zero) if name in own]
    if not there:
        return None
    if len(there) == 1:
        other = zero if there == [full] else full
        raise MethodError(
            say(
                "{key} is missing; it must be a number, as {other} is one",
                key=f"{path}.{other}",
                other=there[0],
            )
        )
    if own[zero] <= own[full]:
        raise MethodError(
            say(
                "{key} is {value}; it must be above {other}, {least}",
                key=f"{path}.{zero}",
                value=as_typed(own[zero]),
                other=full,
                least=as_typed(own[full]),
            )
        )
    return Decay(full=own[full], zero=own[zero])


def bundle(key: str, entry: dict[str, Any], capabilities: Mapping[str, Capability]) -> Bundle:
    """Return a bundle of capabilities."""
    path = f"bundle.{key}"
    only(entry, {"label", "rule", "groups"}, path)
    groups = entry.get("groups")
    if not isinstance(groups, list) or not groups:
        raise MethodError(
            say(
                "{key} is {value}; it must be a list of lists of capabilities",
                key=f"{path}.groups",
                value=shown(groups),
            )
        )
    return Bundle(
        bundle_id=key,
        label=text(entry, "label", path),
        rule=text(entry, "rule", path, allowed=("all", "any")),
        groups=tuple(
            texts(group, f"{path}.groups[{number}]", allowed=capabilities)
            for number, group in enumerate(groups)
        ),
    )
