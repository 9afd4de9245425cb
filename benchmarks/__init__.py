"""Each figure that the documentation states, with the peers measured in the same run: ``python -m benchmarks [name ...]``."""
