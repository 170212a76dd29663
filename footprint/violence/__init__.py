"""Violence: from an area to where it gathers and when it returns, with what was left out."""

from footprint.violence.analysis import ViolencePatterns as ViolencePatterns
from footprint.violence.analysis import excess_of as excess_of
from footprint.violence.analysis import find_calendars as find_calendars
from footprint.violence.analysis import find_patterns as find_patterns
from footprint.violence.analysis import month_hotspots as month_hotspots
from footprint.violence.question import COUNTED as COUNTED
from footprint.violence.question import Period as Period
from footprint.violence.question import Question as Question
from footprint.violence.question import one_source as one_source
from footprint.violence.question import period as period
from footprint.violence.seasonality.cells import cell_profile as cell_profile
from footprint.violence.study_area import StudyArea as StudyArea
from footprint.violence.study_area import coarser as coarser
from footprint.violence.study_area import study_area as study_area
