"""How far the plan is carried out, what waits for an answer, and what for a recording."""
