"""Rules on one certificate, a file per field."""
