"""A stream of another station on air (tiếp âm), with local sound whenever it is not good."""
