"""Documents: what a review, an area or its violence comes to, typed, for other programs."""
