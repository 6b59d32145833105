"""What a prepared sound looks like."""
