"""Recognition: what is put forward, deliberated, decided, printed, and what became of it (floor 4)."""
