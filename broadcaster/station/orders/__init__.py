"""What people order of a running station, and the orders that last."""
