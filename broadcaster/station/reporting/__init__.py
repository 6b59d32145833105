"""What the station tells the offices: the figures of its log, under its own letterhead."""
