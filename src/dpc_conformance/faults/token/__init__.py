"""Seeded defects of the removable token: one file per subject, one function per defect."""
