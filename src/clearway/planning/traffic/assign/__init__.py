"""One assignment on any network, from the files it is read from to the sentences it is told in."""
