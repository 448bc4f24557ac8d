"""Seeded defects of the data on the PIV Card: one file per subject, one function per defect."""
