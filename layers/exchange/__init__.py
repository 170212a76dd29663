"""
Replace a folder whole: whoever opens it meets the old one or the new one, whenever the power goes.

What is built stands in a folder of our own beside the target, is written through to the disk, and
changes places with the target in one step of the system. What a build leaves that was broken off is put
right when the folder is next opened or built, and said.
"""

from layers.exchange.replace import recover as recover
from layers.exchange.replace import replacing as replacing
