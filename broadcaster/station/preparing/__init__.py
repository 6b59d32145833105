"""Sound that lies ready before its time: made in a process that may crash, never in the
playout's."""
