"""One file for each speech engine: the only places that import a speech library."""
