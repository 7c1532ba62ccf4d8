"""The companies that are offered for a client that was not linked, best first, each with what held it back."""
