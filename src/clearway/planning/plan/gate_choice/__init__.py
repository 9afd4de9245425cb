"""Which barriers of a plan become gates: chosen exactly, with the bound and the reason for each."""
