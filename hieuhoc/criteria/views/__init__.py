"""Pages of the criteria sets: read by everyone signed in, edited by those with a post for it."""
