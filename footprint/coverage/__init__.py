"""From minutes to tiers: what each site can do in each cell, and what that makes together."""
