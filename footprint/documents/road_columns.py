"""Columns of documents about roads."""

from __future__ import annotations

from footprint.documents.columns import Column

_KM = 1
"""Decimals of kilometres."""

ROADS: dict[str, Column] = {
    "RoadsDocument.roads": Column("roads", "rows of the layer"),
    "RoadsDocument.length_km": Column("km", "of all roads, as stated, or as drawn where not", decimals=_KM),
    "RoadsDocument.raised_km": Column("km", "on dykes and causeways", decimals=_KM),
    "RoadsDocument.one_way_km": Column("km", "travelled both ways though one-way", decimals=_KM),
    "RoadsDocument.closed_km": Column("km", "shut in each month, January first", decimals=_KM),
    "RoadsDocument.parts_in_all": Column("parts", "of the network without a road between them"),
    "RoadsDocument.main_share": Column("share of all length", "in the longest part", decimals=4),
    "RoadsDocument.other_parts_km": Column("km", "of the parts that are not listed", decimals=_KM),
    "RoadsDocument.joined_ends": Column("ends", "joined across at most 10 m, as searches do"),
    "RoadsDocument.loose_ends": Column("ends", "that meet no other road: dead ends, or gaps in the data"),
    "RoadsDocument.near_ends_in_all": Column("ends", "of these within 500 m of a road they do not lead to"),
    "RoadsDocument.sites_in_all": Column("sites", "of the area"),
    "RoadsDocument.towns_in_all": Column("towns", "and seats that the area names"),
    "TownOffRoadsRow.road_km": Column("km", "straight to the nearest road", decimals=_KM),
    "RoadKindRow.roads": Column("roads", "of this kind"),
    "RoadKindRow.length_km": Column("km", "of this kind", decimals=_KM),
    "RoadPlacePart.lon": Column("°", "longitude", decimals=3),
    "RoadPlacePart.lat": Column("°", "latitude", decimals=3),
    "RoadPlacePart.near_km": Column("km", "straight distance to the nearest place named", decimals=_KM),
    "RoadPartRow.part": Column("number", "of the part, 1 for the longest"),
    "RoadPartRow.length_km": Column("km", "of the part", decimals=_KM),
    "RoadPartRow.roads": Column("roads", "of the part"),
    "RoadPartRow.gap_km": Column("km", "straight to the nearest road of another part", decimals=3),
    "RoadPartRow.gap_to": Column("number", "of that part"),
    "LooseEndRow.gap_m": Column("m", "straight to that road", decimals=1),
    "SiteOnRoadsRow.road_km": Column("km", "straight to the nearest road", decimals=_KM),
    "SiteOnRoadsRow.part": Column("number", "of the part of that road"),
}
"""By "Table.column"."""
