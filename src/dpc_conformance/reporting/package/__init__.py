"""A run in one file: what it holds, how every byte of it counts, who signed it, and whether all that holds."""
