"""What a run says to people and machines, all of it drawn from the journal and the catalogue."""
