"""Traffic management plans: from the record or by hand, checked on the network, compared, and held against what is reported."""
