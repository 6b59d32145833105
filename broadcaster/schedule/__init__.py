"""④ The week → the rundown of a day."""
