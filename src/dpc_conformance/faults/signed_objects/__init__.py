"""Signed objects of cards with one defect each, and good ones."""
