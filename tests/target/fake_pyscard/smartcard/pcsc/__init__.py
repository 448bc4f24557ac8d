"""A package, as in pyscard."""
