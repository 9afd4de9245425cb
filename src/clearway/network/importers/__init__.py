"""Networks from what others publish: OpenStreetMap extracts and council centrelines."""
