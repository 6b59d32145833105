"""What is wrong with a station, before the village hears it."""
