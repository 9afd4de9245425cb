"""Networks for other programs: GeoJSON and GMNS."""
