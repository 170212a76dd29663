"""Does it mean anything? What happened, held against what could have been reached."""
