"""Which rules apply to which kind of certificate."""
