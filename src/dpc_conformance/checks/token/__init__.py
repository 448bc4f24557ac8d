"""Rules on the data of a removable token, a file per data object: pure functions over a `CardReading`."""
