"""Columns of options: what stands in documents about plans within limits."""

from __future__ import annotations

from footprint.documents.columns import Column
from footprint.indicators.indicator import SHARE

NOT_STATED = "nobody has stated it, which is not nought"
NO_PLAN = "no plan was found that keeps to the limits"
NOT_ALONE = "more of this alone leaves room for no further change"
NO_CHOICE = "no single change takes any more of it"
NO_TIME = "not found in the time; more time may tell"
NO_BOUND = "no plan keeps to the limits, so there is none"

_USD, _USD_A_YEAR = "USD", "USD/year"

OPTIONS: dict[str, Column] = {
    "OptionsDocument.measure": Column("", "whose need counts outside the objectives"),
    "OptionsDocument.within": Column("", "the limits that were asked"),
    "OptionsDocument.status": Column("", "how the search ended: proved is to the gap asked for"),
    "OptionsDocument.frontier": Column("", "the best plan for each of several budgets"),
    "OptionsDocument.forced": Column("", "choices made by order, and what each costs"),
    "OptionsDocument.score": Column(SHARE, "aim under the best plan found", NO_PLAN),
    "OptionsDocument.bound": Column(SHARE, "aim that no plan within the limits exceeds", NO_BOUND),
    "OptionsDocument.gap": Column("share of the score", "by which a plan could be better at most", NO_PLAN),
    "OptionsDocument.seconds": Column("s", "spent searching", decimals=1),
    "OptionsDocument.no_others": Column(
        "", "whether it is proved that no other plan is as near and as different"
    ),
    "GoalRow.priority": Column("-", "1 comes first; the next is raised without loss to it"),
    "GoalRow.mean_share": Column("-", "weight of the mean of the year; the rest is that of the worst season"),
    "GoalRow.weight": Column("-", "against goals of equal priority"),
    "FloorRow.least": Column(SHARE, "below which the worst season must not fall"),
    "OptionLimits.one_off_usd": Column(_USD, "budget of changes; null is no limit"),
    "OptionLimits.more_recurrent_usd": Column(_USD_A_YEAR, "rise of the cost of a year; null is no limit"),
    "OptionLimits.more_posts": Column("posts", "beyond today; null is no limit"),
    "OptionLimits.more_assets": Column("assets", "beyond those that stand today; kinds not named have none"),
    "OptionLimits.free_assets": Column("", "whether assets come from outside without limit"),
    "OptionLimits.mobile_units": Column("units", "for new seasonal sites in any month; null is no limit"),
    "OptionLimits.donor_drop": Column(
        SHARE, "a region that gives may lose in its worst season; null is no gate"
    ),
    "ChoiceRow.assets": Column("assets", "that it gets more, or fewer where below nought"),
    "ChoiceRow.lon": Column("°", "longitude of a new site, or of where it moves", decimals=5),
    "ChoiceRow.lat": Column("°", "latitude", decimals=5),
    "ChoiceRow.months": Column("1-12", "months in which it is open"),
    "ChoiceRow.one_off_usd": Column(_USD, "cost of bringing it about", NOT_STATED, decimals=0),
    "ChoiceRow.recurrent_usd": Column(_USD_A_YEAR, "cost of a year of the site then", NOT_STATED, decimals=0),
    "ChoiceRow.posts": Column("posts", "of the site then", NOT_STATED),
    "OptionPlanRow.used": Column("as its name says", "what it takes beyond today, by resource"),
    "OptionPlanRow.keeps": Column("", "whether it keeps to the limits"),
    "OptionPlanRow.losers": Column("", "regions whose worst season falls, the largest loss first"),
    "OptionPlanRow.maybe_losers": Column("", "names of regions of which it is not known whether theirs does"),
    "OptionsDocument.sure": Column("", "the plans under common draws; null where nobody asked"),
    "LimitUseRow.limit": Column("as its resource says", "what there is beyond today"),
    "LimitUseRow.used": Column("as its resource says", "what the plan takes beyond today"),
    "LimitUseRow.left": Column("as its resource says", "0 where it is used up; negative beyond the limit"),
    "LimitUseRow.least_more": Column(
        "as its resource says", "what the single further change that takes least takes of it", NO_CHOICE
    ),
    "LimitUseRow.lacks": Column(
        "as its resource says", "so much more of this alone leaves room for one further change", NOT_ALONE
    ),
    "RegionLossRow.before": Column(SHARE, "worst season today, by what is there at least"),
    "RegionLossRow.after": Column(SHARE, "worst season under the plan, likewise"),
    "RegionLossRow.known": Column("", "whether that is all there is"),
    "AimFigureRow.mean": Column(SHARE, "mean of the year; what is there at least, where not all is known"),
    "AimFigureRow.worst": Column(SHARE, "mean of the worst season, likewise"),
    "AimFigureRow.known": Column("", "whether every tier that counts is known"),
    "FrontierRow.cap": Column(_USD, "budget of changes"),
    "FrontierRow.score": Column(SHARE, "aim under the best plan found within it", NO_PLAN),
    "FrontierRow.bound": Column(SHARE, "aim that no plan within it exceeds", NO_BOUND),
    "FrontierRow.gap": Column("share of the score", "by which a plan could be better at most", NO_PLAN),
    "ForcedRow.loss_least": Column(
        SHARE, "proved: plans with it fall short of the best found by so much", NO_BOUND
    ),
    "ForcedRow.loss_most": Column(SHARE, "its best plan falls short of any by so much at most", NO_PLAN),
    "OptionsDocument.impossible": Column("", "why no plan was found; null where one was"),
    "ImpossiblePart.contradictions": Column("", "choices that cannot stand together, with rows and remedy"),
    "ImpossiblePart.takes": Column("", "the smallest ways of exceeding limits that make a plan possible"),
    "FloorReachRow.least": Column(SHARE, "below which the worst season was not to fall"),
    "FloorReachRow.highest": Column(SHARE, "highest worst season found within the other limits", NO_PLAN),
    "FloorReachRow.bound": Column(SHARE, "worst season that no plan within them exceeds", NO_BOUND),
    "FloorReachRow.alone": Column("", "whether the other floors were left out too"),
    "ExcessRow.excess": Column("as its name says", "beyond each limit"),
}
"""Columns of documents about options, by "Table.column"."""
