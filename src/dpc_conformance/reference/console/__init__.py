"""A page for whoever runs the reference system by hand: what each role knows, its audit log, the clock, a phone."""
