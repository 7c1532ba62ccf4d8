"""What two names that are alike say for themselves: one name, perhaps one, or two. Guards, and the token rule."""
