"""The traffic management plan: what is closed, who passes where, and how everything else flows round it."""
