"""Pages of figures: of a round, of a place's year, series over mergers, what is typed in and taken in, samples."""
