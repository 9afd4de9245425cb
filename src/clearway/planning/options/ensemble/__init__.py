"""Options times scenarios: the same draws of chance for every option, regret, and what would change the choice."""
