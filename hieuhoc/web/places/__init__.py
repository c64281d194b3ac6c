"""Pages of the places: the catalogue, one unit, the villages of a commune, and the acts on them."""
