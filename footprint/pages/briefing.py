"""Page: a set of sheets for a briefing: of what, of which plans, for whom, on what terms; one download."""

from __future__ import annotations

from footprint.pages import _brief_ask, _brief_set, _say, _session


def page() -> None:
    """Lay the page out."""
    language = _session.language()
    text = language.text
    _say.title(text("Briefing"))
    _say.caption(
        text(
            "Map sheets and what goes with them, to be taken to a governor, a commander or a partner. Every "
            "set is logged on this machine before it leaves, and each file can be told again by its code."
        )
    )
    asked, acts = _brief_ask.ask(language)
    if asked is None:
        return
    with acts:
        looked = _brief_set.offer(asked, language)
    _brief_set.show(asked, language, looked=looked)


page()
