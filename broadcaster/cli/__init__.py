"""The click commands: the only place where an error becomes an exit code."""
