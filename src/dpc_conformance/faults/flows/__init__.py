"""Seeded defects of roles: one file per subject, one function per defect."""
