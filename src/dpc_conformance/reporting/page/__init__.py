"""The conformance statement as a page: for a manager the first screen, for an assessor the rest."""
