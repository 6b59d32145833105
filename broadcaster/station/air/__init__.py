"""The daemon on duty: its clock, its desk, its outputs, and how it comes back after a crash."""
