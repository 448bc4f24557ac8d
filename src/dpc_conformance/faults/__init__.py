"""Seeded defects: what the suite must catch, each naming the requirements it breaks."""
