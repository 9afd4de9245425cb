"""The planner of cordons: where barriers stand, with a proof that no cheaper places exist."""
