"""Layout of the bundle for a colleague who helps: how the tool fares on a machine, nothing of data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class MachinePart:
    """The machine, without its name or anybody's."""

    system: str
    release: str
    """Two numbers of the version of the kernel; what a machine adds to them is left out."""
    distribution: str
    processor: str
    processors: int | None
    memory_gb: float | None
    memory_free_gb: float | None
    language: str
    """Of the locale, without its country."""
    encoding: str
    utc_offset: str
    """The zone of time as hours from UTC: its name is a place."""
    fonts: int
    variables: tuple[str, ...]
    """Names of variables of the environment that are set and bear on the tool; not what they say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CagePart:
    """How foreign files are read here: a file of two rows that the tool itself wrote was looked at."""

    was_read: bool
    network_shut: bool | None
    """Whether the system gave the process that read it a network of its own, with nothing in it."""
    landlock_version: int | None
    """Of the kernel's Landlock; null without one."""
    user_namespaces: str
    """What the kernel permits, by its own switches."""
    took_s: float
    fault: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DoctorFolderRow:
    """One folder that the tool uses, by its use."""

    folder: str
    is_there: bool
    is_link: bool
    is_writable: bool
    free_gb: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StorePart:
    """The store of desks: counts alone."""

    is_there: bool
    is_sound: bool | None
    """Whether the database finds itself whole."""
    version: str
    sqlite_version: str
    desks: str
    steps: str
    size_mb: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DoctorFaultRow:
    """Faults of one wording: their sentence with its places left open."""

    layer: str
    column: str
    problem: str
    remedy: str
    faults: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DoctorAreaPart:
    """How an area folder loads and is made ready, in a process of its own."""

    ended: str
    """"whole", or how the process ended: an error's kind, a signal, out of time."""
    frames: tuple[str, ...]
    """Where in the programs it ended: module, line and function."""
    is_usable: bool
    faults: tuple[DoctorFaultRow, ...]
    caveats: tuple[str, ...]
    layers: Mapping[str, str]
    """About how many rows each has; "not there" for a layer that the folder lacks."""
    load_s: float | None
    prepare_s: float | None
    review_s: float | None
    memory_mb: float | None
    left_beside: bool
    """Whether a build that was broken off left anything beside the folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoctorDocument:
    """How the tool fares on a machine."""

    format: int
    kind: str
    versions: Mapping[str, str | None]
    """By program; null of one that is not there."""
    machine: MachinePart
    cage: CagePart
    folders: tuple[DoctorFolderRow, ...]
    store: StorePart
    cache_files: str
    cache_mb: float
    area: DoctorAreaPart | None
    """Null where none was asked about."""
