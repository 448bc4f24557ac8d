"""The audit: every certificate of a large population judged in bounded memory, on all cores or on a cluster."""
