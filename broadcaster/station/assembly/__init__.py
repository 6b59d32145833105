"""A recipe and a day → parts with their sound, and how long they will be."""
