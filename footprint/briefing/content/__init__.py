"""Content: what a briefing says, in one language and of no format."""

from footprint.briefing.content.parts import Content
from footprint.briefing.content.reckoning import Reckoning, reckon
from footprint.briefing.content.telling import ReceivedProposal, Telling
from footprint.briefing.content.whole import content_of

__all__ = ["Content", "ReceivedProposal", "Reckoning", "Telling", "content_of", "reckon"]
