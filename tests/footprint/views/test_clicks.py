"""Each click counts once, whatever the map repeats."""

from __future__ import annotations

from footprint.views.clicks import PointClick, Seen, SiteClick, read_click


def said(*, point=None, objects=0, tooltip=None):
    where = {"lat": point[1], "lng": point[0]} if point else None
    return {
        "last_clicked": where,
        "last_object_clicked_count": objects,
        "last_object_clicked_tooltip": tooltip,
    }


def test_nothing_said_is_no_click():
    assert read_click(None, Seen()) == (None, Seen())
    assert read_click(said(), Seen()) == (None, Seen())


def test_a_click_on_the_ground_counts_once():
    click, seen = read_click(said(point=(1.0, 2.0)), Seen())
    assert click == PointClick(1.0, 2.0)
    assert read_click(said(point=(1.0, 2.0)), seen) == (None, seen)


def test_a_click_on_a_site_names_it_and_counts_once_though_leaflet_counts_twice():
    click, seen = read_click(said(objects=2, tooltip="#P1#Koro Proposed"), Seen())
    assert click == SiteClick("P1")
    assert read_click(said(objects=2, tooltip="#P1#Koro Proposed"), seen) == (None, seen)


def test_a_site_clicked_after_a_point_does_not_propose_the_point_again():
    _, seen = read_click(said(point=(1.0, 2.0)), Seen())
    click, seen = read_click(said(point=(1.0, 2.0), objects=2, tooltip="#a#"), seen)
    assert click == SiteClick("a")
    assert read_click(said(point=(1.0, 2.0), objects=2, tooltip="#a#"), seen)[0] is None


def test_a_name_cannot_pose_as_another_site():
    assert read_click(said(objects=1, tooltip="#real# called #fake#"), Seen())[0] == SiteClick("real")


def test_an_object_without_a_site_is_no_click():
    assert read_click(said(objects=1, tooltip="Niger"), Seen())[0] is None


def test_a_map_drawn_anew_repeats_no_click_and_misses_none():
    _, seen = read_click(said(point=(1.0, 2.0), objects=4, tooltip="#a#"), Seen())
    click, seen = read_click(said(), seen)
    assert click is None
    assert seen.objects == 0
    assert read_click(said(objects=2, tooltip="#b#"), seen)[0] == SiteClick("b")
