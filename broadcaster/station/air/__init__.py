"""The desk on duty: its clock, its outputs, and how it comes back after a crash."""
