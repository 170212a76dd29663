"""
Build an area folder from provider files as they were published.

The catalogue folder is read by `layers.formats`; what comes out is a folder of generic
files that `layers.load_area` reads, with a ledger of where each came from.
"""

from layers.assemble.folder import assemble as assemble
