"""② Sentences → sound."""
