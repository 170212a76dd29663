"""Page: every layer with its source, date, licence and count, what was left out, what is invented."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from footprint.caveats import LAYER_WORDS, layer_rows, layer_words, oddities
from footprint.documents.need import need_part
from footprint.language import Language, msgid
from footprint.pages import _doctor, _kept, _say, _session
from footprint.views.charts import words_table
from footprint.views.intake import ledger_words
from footprint.views.need_words import DIFFERENCES, need_sentences
from footprint.views.words import CONFIDENCE_LABELS
from layers import Area
from layers.sentences import Sentence

INVENTED = {"no": msgid("no"), "partly": msgid("partly"), "yes": msgid("yes")}


def page() -> None:
    """Lay the page out."""
    language = _session.language()
    text = language.text
    area = _session.prepared().area
    _say.title(text("Data"))
    if area.invented:
        _say.warning(
            text(
                "Some of these data are invented or assumed. They show how the tool works; "
                "nobody may decide by them."
            )
        )
    if (word := _kept.put_right(str(_session.folder()))) is not None:
        _say.warning(word.said(language))
    sources(area, language)
    left, right = st.columns(2, gap="large")
    with left:
        counts(area, language)
        other_times(area, language)
    with right:
        left_out(area, language)
        beyond(area, language)
        odd(area, language)
        differing(area, language)
        audit(language)
    need(language)
    _doctor.show(language)
    _say.caption(
        text(
            "Schools, clinics, wells, markets and humanitarian places are used for checks only. "
            "They are never drawn, listed or exported."
        )
    )


def sources(area: Area, language: Language) -> None:
    """List where every file comes from; a layer that nobody has brought comes from nowhere."""
    text = language.text
    rows = []
    for source in area.sources:
        known = source.layer not in area.absent
        rows.append(
            {
                text("Layer"): text(layer_words(source.layer)),
                text("What it is"): ledger_words(source.title, language) if known else text("not known"),
                text("Invented"): text(INVENTED.get(source.invented, source.invented)) if known else "",
                text("Confidence"): text(CONFIDENCE_LABELS.get(source.confidence, source.confidence)),
                text("Date"): ledger_words(source.date, language),
                text("Origin"): ledger_words(source.origin, language),
                text("Licence"): ledger_words(source.licence, language),
                text("Remark"): ledger_words(source.note, language),
            }
        )
    _say.table(rows, height_px=420)


def counts(area: Area, language: Language) -> None:
    """Say how much each layer holds."""
    text, demand = language.text, _session.prepared().demand
    known = layer_rows(area) | {"sensitive": area.sensitive.count()}
    rows = [
        {
            text("Layer"): text(words),
            text("Rows"): text("not known") if (count := known[name]) is None else language.number(count),
        }
        for name, words in LAYER_WORDS.items()
        if name in known
    ]
    rows.append(
        {text("Layer"): text("People"), text("Rows"): language.people(float(area.population.source_total))}
    )
    rows.append({text("Layer"): text("Cells of the grid"), text("Rows"): language.number(area.grid.n_cells)})
    rows.append(
        {
            text("Layer"): text("Incidents that carry weight"),
            text("Rows"): text("not known")
            if "incidents" in area.absent
            else language.number(demand.threat.used),
        }
    )
    _say.subheader(text("Counts"))
    _say.table(rows, height_px=38 + 35 * len(rows))


def other_times(area: Area, language: Language) -> None:
    """List the sites known from other times, which a review of the frame date leaves out."""
    text = language.text
    if area.other_sites is None or area.other_sites.empty:
        return
    dated = area.other_sites.sort_values(["open_from", "name"])
    _say.subheader(text("Sites of other times"))
    _say.table(
        [
            {
                text("Site"): site["name"],
                text("Open from"): _day(site["open_from"], language),
                text("Open to"): _day(site["open_to"], language),
            }
            for _, site in dated.iterrows()
        ]
    )


def _day(day: pd.Timestamp, language: Language) -> str:
    """Return a day in words, "" where none is known."""
    return "" if pd.isna(day) else language.date(day.date())


def left_out(area: Area, language: Language) -> None:
    """Say what was left out or assumed on the way in; never silent."""
    text, threat = language.text, _session.prepared().demand.threat
    _say.subheader(text("Left out or assumed"))
    rows = [
        {
            text("Layer"): text(layer_words(d.layer)),
            text("Why"): d.reason.said(language) if isinstance(d.reason, Sentence) else text(d.reason),
            text("Rows"): language.number(d.rows),
        }
        for d in area.dropped
    ]
    rows += [
        {text("Layer"): text("Incidents"), text("Why"): text(reason), text("Rows"): language.number(number)}
        for reason, number in (*threat.excluded, *threat.assumed)
    ]
    if rows:
        st.html(words_table(rows))
    else:
        _say.caption(text("Nothing was left out."))


def need(language: Language) -> None:
    """Say what the need for protection rests on, and where it parts from the incidents."""
    text, part = language.text, need_part(_session.prepared())
    _say.subheader(text("Where the need comes from"))
    for sentence in need_sentences(_session.prepared().demand, language):
        _say.sentence(sentence)
    rows = [
        {
            text("{District}"): row.name,
            text("Incidents"): language.percent(row.incidents_share),
            text("Need"): language.percent(row.demand_share),
        }
        for row in part.largest_differences
    ]
    if rows:
        _say.caption(text(DIFFERENCES))
        _say.table(rows)


def beyond(area: Area, language: Language) -> None:
    """Name what lies outside the outline and stands in the nearest cell."""
    text = language.text
    if not area.moved:
        return
    _say.subheader(text("Outside the outline, taken at the nearest cell"))
    _say.table(
        [
            {
                text("Layer"): text(layer_words(each.layer)),
                text("Place"): each.name,
                text("Rows"): language.number(each.rows),
                text("Distance, m"): language.number(each.distance_m),
            }
            for each in area.moved
        ]
    )


def odd(area: Area, language: Language) -> None:
    """Say what is odd in the layers and the ledger, though they can be used."""
    for each in oddities(area):
        _say.warning(each.said(language))


def differing(area: Area, language: Language) -> None:
    """List where another source states otherwise which site holds what."""
    text, method = language.text, _session.prepared().method
    if not area.differences:
        return
    words = {True: text("yes"), False: text("no")}
    _say.subheader(text("Where sources differ"))
    rows = [
        {
            text("Site"): area.sites["name"].get(each.site_id, each.site_id),
            text("Asset"): text(method.assets[each.kind].label) if each.kind in method.assets else each.kind,
            text("Here"): words[each.here],
            text("There"): words[each.elsewhere],
            text("Other source"): each.source,
        }
        for each in area.differences
    ]
    st.html(words_table(rows))


def audit(language: Language) -> None:
    """Say what had to be supposed to make a network of the roads."""
    text, network = language.text, _session.prepared().network
    roads = network.roads.audit
    # Without rivers nobody can tell which roads cross one.
    fords = None if "rivers" in _session.prepared().area.absent else len(network.audit.fords)
    rows = [
        (text("Road ends joined across a small gap"), len(roads.joined_ends)),
        (text("Loose road ends"), roads.loose_ends),
        (text("Loose ends close to another road"), len(roads.near_misses)),
        (text("Roads that cross without a junction"), roads.crossings_without_junction),
        (text("Roads of unknown surface, reckoned as unpaved"), roads.unknown_surface),
        (text("Parts of the road network without a road between them"), roads.components),
        (
            text("Roads that cross a river without bridge or ferry, taken as passable"),
            fords,
        ),
    ]
    _say.subheader(text("What the network supposes"))
    table = [
        {
            text("Finding"): words,
            text("Number"): text("not known") if number is None else language.number(number),
        }
        for words, number in rows
    ]
    st.html(words_table(table))


page()
