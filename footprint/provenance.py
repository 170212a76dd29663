"""Provenance: what an answer rests on, said inside every answer, file and log line."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from importlib import metadata
from typing import Any

from footprint.coverage.footprints import Weakest
from footprint.method import Changed, Method
from footprint.objectives import Measure
from footprint.prepared import Prepared
from footprint.scenario import Scenario
from footprint.violence import Question
from layers import Area

OF_PLACES = ("area_digest", "scenario_id", "calendar_digest")
"""Parts that are hashes of places, among other things; `Provenance.keyed` puts these under a secret."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """
    What an answer rests on; equal values say that equal questions were asked of equal data.

    The hash of the area leaves out its sensitive places: it travels, and a hash of places is the places
    to whoever tries them all.
    """

    area_id: str
    area_digest: str
    """Hash of every file of the area but the sensitive places."""
    frame_date: date
    method_digest: str
    """Hash of every number, capability, bundle, asset and package."""
    method_changes: tuple[Changed, ...]
    """Numbers that differ from the shipped ones, old and new."""
    scenario_id: str
    """Hash of the scenario's changes; "" where the answer knows no scenario."""
    measure: str
    """Whose need counts; "" where need does not come into it."""
    weakest: str
    """How a tier's groups join; "" where no tier does."""
    question: str
    """What was asked of the incidents; "" where nothing was."""
    calendar_digest: str
    """Hash of the calendar of return that threat follows; "" where every month is alike."""
    version: str
    """Version of the tool."""

    @property
    def document(self) -> dict[str, Any]:
        """All of it as a part of a document, the identifier first."""
        parts = asdict(self) | {"frame_date": self.frame_date.isoformat()}
        return {"identifier": self.identifier, **parts, "method_changes": list(parts["method_changes"])}

    def keyed(self, secret: bytes) -> Provenance:
        """
        Return this provenance with every hash that depends on places keyed.

        A plain hash of coordinates is the coordinates: there are few enough to try. Under a secret
        that stays on this machine equal inputs still have equal hashes, and nobody else can try.
        """
        own: dict[str, Any] = {name: keyed(getattr(self, name), secret) for name in OF_PLACES}
        return replace(self, **own)

    @property
    def identifier(self) -> str:
        """Hash of all of it: change any part and it changes."""
        return identifier_of(asdict(self))


def identifier_of(parts: Mapping[str, Any]) -> str:
    """Return the identifier of the parts of a provenance, its own or as its document has them."""
    own = {name: value for name, value in parts.items() if name != "identifier"}
    return hashlib.sha256(json.dumps(own, sort_keys=True, default=str).encode()).hexdigest()[:16]


def keyed(value: str, secret: bytes) -> str:
    """Return an identifier under a secret (HMAC, SHA-256), of the same length; "" stays ""."""
    return hmac.new(secret, value.encode(), hashlib.sha256).hexdigest()[: len(value)]


def of_review(prepared: Prepared, scenario: Scenario, measure: Measure, weakest: Weakest) -> Provenance:
    """Return what the review of a scenario rests on."""
    return _provenance(
        prepared.area,
        prepared.method,
        scenario_id=scenario.scenario_id,
        measure=str(measure),
        weakest=str(weakest),
        calendar_digest=prepared.calendar_digest,
    )


def of_violence(area: Area, method: Method, question: Question) -> Provenance:
    """Return what the analysis of an area's violence rests on."""
    return _provenance(area, method, question=question.key)


_ASKED = ("scenario_id", "measure", "weakest", "question", "calendar_digest")
"""Parts that not every answer has; empty where they do not come into it."""


def _provenance(area: Area, method: Method, **asked: str) -> Provenance:
    return Provenance(
        area_id=area.area_id,
        area_digest=area.digest,
        frame_date=area.frame_date,
        method_digest=method.digest,
        method_changes=method.changes,
        version=version(),
        **{name: asked.get(name, "") for name in _ASKED},
    )


def version() -> str:
    """Return the tool's version, or "not installed" when it runs from a checkout."""
    try:
        return metadata.version("footprint-review")
    except metadata.PackageNotFoundError:
        return "not installed"
