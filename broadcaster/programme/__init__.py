"""③ Speech, idents, jingles and recordings → one programme."""
