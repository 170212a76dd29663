"""How long it takes: from sites to cells, by road, across country, by boat and by air, month by month."""
