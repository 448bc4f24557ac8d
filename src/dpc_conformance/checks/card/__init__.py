"""Rules on the data of a PIV Card, a file per data object: pure functions over a `CardReading`."""
