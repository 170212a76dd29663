"""
Fetch files of named public sources, when somebody asks for it and has agreed to the licence; never otherwise.

Nothing else in the project speaks to other machines. What comes is a foreign file like any other: it is
looked at and imported by the process apart.
"""

from layers.fetching.fetch import fetch_source as fetch_source
from layers.fetching.sources import read_sources_file as read_sources_file
