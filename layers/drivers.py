"""
Which file formats may be opened at all.

Some of GDAL's drivers read other local files or call the network when they are handed a
harmless-looking file (a VRT renamed to .geojson, for instance). A list of drivers to skip
works only if it stands in the environment before GDAL is imported, so `layers/__init__.py`
calls this module before anything that imports GDAL, and nothing else in the project may
import GDAL first. A test compares what is left with `ALLOWED` in a fresh process.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
import warnings
from pathlib import Path

from layers.errors import LayerError
from layers.private import is_trusted, private_folder

ALLOWED = frozenset({"CSV", "GPKG", "GTiff", "GeoJSON", "MEM", "Memory"})
"""Drivers that may stay; "MEM" and "Memory" hold data in memory and open no file."""

# pyogrio and rasterio each bring a GDAL of their own, with other drivers; naming one that a
# build lacks makes GDAL complain on the terminal, hence two lists. "~" stands for a blank.
_REFUSED_PYOGRIO = """
ADBC AIVector AVCBin AVCE00 AmigoCloud CSW Carto DGN DXF EDIGEO EEDA ESRI~Shapefile ESRIJSON
Elasticsearch FlatGeobuf GDALG GML GPSBabel GPX GTFS GeoJSONSeq GeoRSS HTTP Idrisi JML JSONFG KML
LIBKML LVBAG MBTiles MVT MapInfo~File MapML MiraMonVector NGW OAPIF ODS OGCAPI OGR_GMT OGR_PDS
OGR_VRT OSM OpenFileGDB PCIDSK PDF PDS4 PGDUMP PLSCENES PMTiles S57 SQLite SXF Selafin TopoJSON VDV
VFK VICAR WAsP WFS XLSX
"""
_REFUSED_RASTERIO = """
AAIGrid ACE2 ADRG AIG AVCBin AVCE00 AirSAR BAG BIGGIF BLX BMP BSB BT BYN CALS CEOS COASP COG COSAR
CPG CTG CTable2 DAAS DERIVED DIMAP DIPEx DOQ1 DOQ2 DTED ECRGTOC EEDA EEDAI EHdr EIR ELAS ENVI ERS
ESAT ESRI~Shapefile ESRIC ESRIJSON FAST FIT GFF GIF GNMDatabase GNMFile GRASSASCIIGrid GRIB GS7BG
GSAG GSBG GSC GTI GTX GXF GenBin GeoJSONSeq HDF5 HDF5Image HF2 HFA HTTP ILWIS IRIS ISCE ISG ISIS2
ISIS3 JAXAPALSAR JDEM JP2OpenJPEG JPEG KMLSUPEROVERLAY KRO L1B LAN LCP LOSLAS Leveller MAP MBTiles
MFF MFF2 MRF MSGN MVT NDF NGSGEOID NITF NOAA_B NSIDCbin NTv2 NWT_GRC NWT_GRD OSM OZI PAux PCIDSK
PCRaster PDF PDS PDS4 PLMOSAIC PNG PNM PRF R RIK RMF ROI_PAC RPFTOC RRASTER RS2 RST Rasterlite S102
S104 S111 SAFE SAGA SAR_CEOS SDTS SENTINEL2 SGI SIGDEM SNAP_TIFF SNODAS SQLite SRP SRTMHGT STACIT
STACTA TGA TIL TSX Terragen TopoJSON USGSDEM VICAR VRT WCS WEBP WMS WMTS XPM XYZ ZMap Zarr netCDF
"""


def refuse_other_drivers() -> None:
    """Tell both GDALs, before they register drivers, to forget all that are not in `ALLOWED`."""
    os.environ["GDAL_DISABLE_READDIR_ON_OPEN"] = "EMPTY_DIR"
    os.environ["CPL_VSIL_CURL_ALLOWED_EXTENSIONS"] = ".never"
    os.environ["GDAL_SKIP"] = _names(_REFUSED_PYOGRIO)
    import pyogrio  # noqa: F401, PLC0415 - registers its drivers on import

    # rasterio registers its own when it first opens a file, with what stands here then.
    os.environ["GDAL_SKIP"] = _names(_REFUSED_RASTERIO)


def all_but_shapefiles() -> str:
    """Return what GDAL is told to forget where it reads nothing but shapefiles that people brought."""
    others = {*_names(_REFUSED_PYOGRIO).split(","), *ALLOWED} - {"ESRI Shapefile"}
    return ",".join(sorted(others))


def all_but_geotiffs() -> str:
    """Return what GDAL is told to forget where it reads nothing but GeoTIFFs that people brought."""
    others = {*_names(_REFUSED_RASTERIO).split(","), *_names(_REFUSED_PYOGRIO).split(","), *ALLOWED}
    return ",".join(sorted(others - {"GTiff", "MEM", "Memory"}))


def keep_compiled_code_somewhere() -> None:
    """
    See to it that compiled kernels are only ever read from a folder nobody else can write to.

    Notes
    -----
    Where the package itself can be written to, numba keeps them beside it. Otherwise they go
    to a folder of the user's own; if that is refused, to a new one that lasts for this run,
    with a warning. A folder set in NUMBA_CACHE_DIR is kept if it can be trusted.
    """
    chosen = os.environ.get("NUMBA_CACHE_DIR")
    if chosen:
        if is_trusted(Path(chosen)):
            return
        _warn(f"NUMBA_CACHE_DIR: {chosen} is not there or could be written to by others, and is not used.")
    elif os.access(Path(__file__).parent, os.W_OK):
        return
    try:
        place = private_folder("kernels")
    except LayerError as error:
        _warn(f"{error} Compiled code is kept for this run only.")
        place = Path(tempfile.mkdtemp(prefix="footprint-kernels-"))
        atexit.register(shutil.rmtree, place, ignore_errors=True)
    os.environ["NUMBA_CACHE_DIR"] = str(place)


def _warn(message: str) -> None:
    warnings.warn(message, RuntimeWarning, stacklevel=3)


def _names(words: str) -> str:
    return ",".join(word.replace("~", " ") for word in words.split())
