"""Versions of the programs that read maps: each library brings its own."""

from __future__ import annotations

import pyogrio
import pyproj
import rasterio
import shapely


def geographic_versions() -> dict[str, str]:
    """Return the version of GDAL in each library that has one, of PROJ and of GEOS."""
    return {
        "gdal (pyogrio)": pyogrio.__gdal_version_string__,
        "gdal (rasterio)": rasterio.__gdal_version__,
        "proj": pyproj.proj_version_str,
        "geos": shapely.geos_version_string,
    }
