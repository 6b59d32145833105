"""⑥ What was really broadcast."""
