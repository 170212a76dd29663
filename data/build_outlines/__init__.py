"""Make `data/outlines` from Natural Earth: outlines and first-level units of every country, to start an area with."""
