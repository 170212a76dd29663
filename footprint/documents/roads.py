"""Roads: how long they are, of what kind, and where they do not join, as a document."""

from __future__ import annotations

from footprint.documents.head import area_head
from footprint.documents.layout import FORMAT
from footprint.documents.layout.roads import (
    LooseEndRow,
    RoadKindRow,
    RoadPartRow,
    RoadPlacePart,
    RoadsDocument,
    SiteOnRoadsRow,
    TownOffRoadsRow,
)
from footprint.documents.road_columns import ROADS
from footprint.travel.road_survey import (
    LooseEnd,
    RoadPart,
    RoadSurvey,
    SiteOnRoads,
    TownOffRoads,
    Whereabouts,
)
from layers import Area

NO_DIRECTIONS = "the layer holds no directions; the ledger says what the import counted, where it did"
NO_OTHER = "the only part"
NO_PLACES = "the area names no places"
NO_ROADS = "there are no roads"


def roads_document(area: Area, survey: RoadSurvey) -> RoadsDocument:
    """Return what a survey of an area's roads found; of sites, those off the longest part."""
    off = [site for site in survey.sites if site.too_far or site.part != 1]
    share = ROADS["RoadsDocument.main_share"].rounded(survey.main_share)
    return RoadsDocument(
        format=FORMAT,
        kind="footprint-roads",
        area=area_head(area),
        roads=survey.roads,
        length_km=_km("RoadsDocument.length_km", survey.length_km),
        kinds=tuple(
            RoadKindRow(
                kind=each.kind,
                word=each.word,
                roads=each.roads,
                length_km=_km("RoadKindRow.length_km", each.length_km),
            )
            for each in survey.kinds
        ),
        raised_km=_km("RoadsDocument.raised_km", survey.raised_km),
        one_way_km=None,
        closed_km=tuple(_km("RoadsDocument.closed_km", km) for km in survey.closed_km),
        parts_in_all=survey.parts_in_all,
        main_share=share,
        parts=tuple(map(_part, survey.parts)),
        other_parts_km=_km("RoadsDocument.other_parts_km", survey.other_parts_km),
        joined_ends=survey.joined_ends,
        loose_ends=survey.loose_ends,
        near_ends_in_all=survey.near_ends_in_all,
        near_ends=tuple(map(_end, survey.near_ends)),
        sites_in_all=len(survey.sites),
        sites_off=tuple(map(_site, off)),
        towns_in_all=survey.towns,
        towns_off=tuple(map(_town, survey.towns_off)),
        reasons={
            "one_way_km": NO_DIRECTIONS,
            **({"main_share": NO_ROADS} if share is None else {}),
            **({"towns_in_all": NO_PLACES} if survey.towns is None else {}),
        },
    )


def _km(name: str, value: float) -> float:
    """Return a number that is always known, rounded."""
    return round(value, ROADS[name].digits) + 0.0


def _part(part: RoadPart) -> RoadPartRow:
    alone = part.at is None
    return RoadPartRow(
        part=part.number,
        length_km=_km("RoadPartRow.length_km", part.length_km),
        roads=part.roads,
        sites=part.sites,
        gap_km=ROADS["RoadPartRow.gap_km"].rounded(part.gap_km),
        gap_to=None if alone else part.gap_to,
        at=None if part.at is None else _place(part.at),
        reasons=dict.fromkeys(("gap_km", "gap_to"), NO_OTHER) if alone else {},
    )


def _place(at: Whereabouts) -> RoadPlacePart:
    near_km = ROADS["RoadPlacePart.near_km"].rounded(at.near_km)
    return RoadPlacePart(
        lon=_km("RoadPlacePart.lon", at.lon),
        lat=_km("RoadPlacePart.lat", at.lat),
        unit=at.unit or None,
        near=at.near or None,
        near_km=near_km,
        reasons={"near_km": NO_PLACES} if near_km is None else {},
    )


def _end(end: LooseEnd) -> LooseEndRow:
    return LooseEndRow(
        road_id=end.road_id,
        name=end.name,
        gap_m=_km("LooseEndRow.gap_m", end.gap_m),
        to_road_id=end.to_road_id,
        at=_place(end.at),
    )


def _town(town: TownOffRoads) -> TownOffRoadsRow:
    road_km = ROADS["TownOffRoadsRow.road_km"].rounded(town.road_km)
    reasons = {"road_km": NO_ROADS} if road_km is None else {}
    return TownOffRoadsRow(place_id=town.place_id, name=town.name, road_km=road_km, reasons=reasons)


def _site(site: SiteOnRoads) -> SiteOnRoadsRow:
    road_km = ROADS["SiteOnRoadsRow.road_km"].rounded(site.road_km)
    return SiteOnRoadsRow(
        site_id=site.site_id,
        name=site.name,
        road_km=road_km,
        part=site.part or None,
        too_far=site.too_far,
        reasons={} if site.part else dict.fromkeys(("road_km", "part"), NO_ROADS),
    )
