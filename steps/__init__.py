"""Step definitions, one file per role. A step says what happens; it does not know how."""
