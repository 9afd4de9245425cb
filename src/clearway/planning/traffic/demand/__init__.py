"""Synthetic demand: zones, what attracts trips, a gravity model, fitting to counts, and how sure it all is."""
