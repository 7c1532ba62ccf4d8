"""Companies that are near a client although not alike enough to be linked."""
