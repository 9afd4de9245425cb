"""The desks of the server, one folder each."""
