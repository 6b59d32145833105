"""① What the editor wrote → sentences ready to speak."""
