"""Forms on paper: numbered and printed for a village, filled in with a pen, keyed in by their number."""
