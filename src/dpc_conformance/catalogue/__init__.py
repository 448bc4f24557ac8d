"""What has to hold: requirements, editions, claims and scopes as data, and the rules by which verdicts fall."""
