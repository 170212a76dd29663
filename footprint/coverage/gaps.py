"""Gaps: what the data do not say, so that silence is not read as zero."""

from __future__ import annotations

from dataclasses import dataclass

from footprint.coverage.footprints import FORCE, TIERS
from footprint.method import Bundle, Capability, Method
from footprint.scenario import Laydown


@dataclass(frozen=True, slots=True)
class Gap:
    """A tier of which some group has no asset anywhere in the data."""

    bundle_id: str
    groups: tuple[tuple[str, ...], ...]
    """Capabilities of each group without any asset."""


def gaps(laydown: Laydown, method: Method) -> tuple[Gap, ...]:
    """
    Return the bundles that no site of a laydown can carry at all.

    Parameters
    ----------
    laydown
        Sites and assets; usually those of the baseline, as the data give them.
    method
        Capabilities and bundles.

    Returns
    -------
    tuple of Gap
        A bundle in it comes out as 0 everywhere. If the data merely do not name such
        assets, that 0 means "not known", and whoever shows it must say so.
    """
    kinds = set(laydown.assets["kind"])
    missing = {name for name, capability in method.capabilities.items() if not _carried(capability, kinds)}
    found = []
    for bundle_id in (FORCE, *TIERS):
        lacking = _lacking(method.bundles[bundle_id], missing)
        if lacking:
            found.append(Gap(bundle_id, lacking))
    return tuple(found)


def _carried(capability: Capability, kinds: set[str]) -> bool:
    extra = {name for name in (capability.needs, capability.relay) if name}
    return bool(kinds & set(capability.assets)) and extra <= kinds


def _lacking(bundle: Bundle, missing: set[str]) -> tuple[tuple[str, ...], ...]:
    empty = tuple(group for group in bundle.groups if set(group) <= missing)
    return empty if bundle.rule == "all" or len(empty) == len(bundle.groups) else ()
