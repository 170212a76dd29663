"""Map sheets: one page of paper each, drawn with matplotlib, for print and for slides."""

import matplotlib as mpl

# Fonts go into the file whole, as outlines that every reader of PDF knows; in SVG words become shapes,
# so that they look alike where the font is not installed.
mpl.rcParams["pdf.fonttype"] = 42
mpl.rcParams["svg.fonttype"] = "path"
