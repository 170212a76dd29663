"""Whatever a file holds, an importer returns valid rows or says what is wrong; it never breaks."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from layers.airfields import Airfields
from layers.errors import LayerError
from layers.formats.acled import NEEDED, read_acled
from layers.formats.geonames import read_geonames
from layers.formats.geopko import UNITS, read_geopko
from layers.formats.ocha_cod import read_cod_places
from layers.formats.ourairports import read_ourairports
from layers.formats.ucdp import CUT, FULL, read_ucdp
from layers.formats.who_facilities import read_who_facilities
from layers.incidents import Incidents
from layers.places import Places
from layers.sensitive import Sensitive
from layers.sites import Sites

pytestmark = pytest.mark.slow

CELLS = st.one_of(
    st.sampled_from([
        "", "NA", "1", "2", "3", "4", "5", "6", "7", "-1", "0", "1e400", "nan", "inf", "14.5", "-4,1",
        "ML", "clinic",
        "2019", "2018-05-06", "2018-05-06 00:00:00.000", "31 July 2018", "#tag", '"', '""', "a\nb", "é",
        "Battles", "closed",
        "small_airport", "Alpha town", "=1+1", "\ufeff", "\x00", "99999999999999999999", "0x1F", "1_000",
        " 1 ", "June",
    ]),
    st.text(max_size=8),
)  # fmt: skip

IMPORTERS = {
    "ucdp": (FULL, read_ucdp, Incidents),
    "ucdp_cut": (CUT, read_ucdp, Incidents),
    "acled": (("event_id_cnty", *NEEDED), read_acled, Incidents),
    "geopko": (
        ("mission", "year", "month", "location", "latitude", "longitude", "hq", *UNITS),
        lambda path: read_geopko(path, date(2019, 6, 30))[0],
        Sites,
    ),
    "places": (("featureNam", "pcode", "popPlaceCl", "longitude", "latitude"), read_cod_places, Places),
    "geonames": (
        ("geonameid", "name", "latitude", "longitude", "countrycode", "population"),
        lambda path: read_geonames(path, "ML"),
        Places,
    ),
    "airports": (
        ("ident", "type", "name", "latitude_deg", "longitude_deg", "airport_ident", "length_ft", "closed"),
        lambda path: read_ourairports(path, path),
        Airfields,
    ),
    "facilities": (("Facility name", "Facility type", "Lat", "Long"), read_who_facilities, Sensitive),
}


def _line(cells):
    return ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)


@pytest.mark.parametrize("name", IMPORTERS)
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_cells_give_valid_rows_or_faults(name, data, tmp_path, in_schema):
    columns, read, schema = IMPORTERS[name]
    rows = data.draw(st.lists(st.lists(CELLS, min_size=len(columns), max_size=len(columns)), max_size=4))
    path = tmp_path / "any.csv"
    path.write_text("\n".join(map(_line, [columns, *rows])), encoding="utf-8", newline="")
    faults = None
    try:
        in_schema(read(path), schema)
    except LayerError as error:
        faults = error.faults
    assert faults is None or (faults and {fault.file for fault in faults} == {"any.csv"})


@pytest.mark.parametrize("name", IMPORTERS)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.one_of(st.binary(max_size=60), st.text(max_size=60).map(str.encode)))
def test_any_bytes_are_refused_plainly(name, content, tmp_path):
    path = tmp_path / "any.csv"
    path.write_bytes(content)
    with pytest.raises(LayerError):
        IMPORTERS[name][1](path)
