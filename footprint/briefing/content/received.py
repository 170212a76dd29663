"""Parts 5 and 9: proposals received with what became of them, and decisions requested and taken."""

from __future__ import annotations

from footprint.briefing.content.parts import DASH, Chapter, ChapterBlock, Prose, ProseKind, TextTable
from footprint.briefing.content.telling import Telling


def received(telling: Telling) -> Chapter:
    """Return the proposals received, each with its status and the reasons for it."""
    text, language = telling.language.text, telling.language
    blocks: list[ChapterBlock] = []
    if not telling.proposals:
        blocks.append(Prose(text("No proposal was given with this briefing.")))
    else:
        rows = tuple(
            (
                each.title if telling.named else text("Proposal {number}", number=language.number(number)),
                each.office or DASH,
                each.status or DASH,
                (language.clauses(each.reasons) or text("none given")) if telling.named else text("not told"),
            )
            for number, each in enumerate(telling.proposals, start=1)
        )
        blocks.append(
            TextTable(
                title=text("Proposals received"),
                header=(text("Proposal"), text("Office"), text("Status"), text("Reasons")),
                rows=rows,
                numeric=(False,) * 4,
            )
        )
    return Chapter("proposals", 5, text("Proposals received"), tuple(blocks))


def decisions(telling: Telling) -> Chapter:
    """Return the decisions requested and taken."""
    text, language, brief = telling.language.text, telling.language, telling.brief
    asked = [text("No decision is requested: this briefing informs.")]
    if brief.plans:
        names = language.listing(telling.option(number) for number in range(len(brief.plans) + 1))
        asked = [
            text(
                "Requested: to choose between {options}, with reasons, conditions and a date of review.",
                options=names,
            ),
            text(
                "Requested: the signatures that harm and consent ask for, each by the role named in the "
                "checks."
            ),
        ]
    if not all(each.decided for each in brief.prepared.objectives):
        asked.append(text("Requested: the weights of the objectives, which mission leadership has not set."))
    blocks = (
        *(Prose(each, ProseKind.ITEM) for each in asked),
        Prose(text("Decisions taken: none is recorded with this briefing."), ProseKind.ITEM),
    )
    return Chapter("decisions", 9, text("Decisions requested and taken"), blocks)
