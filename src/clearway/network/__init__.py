"""The road network: import, arcs, vehicle classes, closures, search kernels. Imports nothing of ours but the errors."""
