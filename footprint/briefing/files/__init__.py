"""Files that other programs open: GeoPackage, GeoJSON, KMZ, CSV, XLSX, JSON, and what a set consists of."""
