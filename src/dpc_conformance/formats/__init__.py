"""What the bytes mean: nothing here knows about roles, checks or the run."""
