"""Takes the place of pyscard in the processes that a test starts: one reader, in it a card made from a seed."""
