"""The records of a scenario as people read them."""
