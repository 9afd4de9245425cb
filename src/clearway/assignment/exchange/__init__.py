"""The field's files: TNTP, GMNS, trip tables as CSV and OMX."""
