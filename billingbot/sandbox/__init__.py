"""A server that speaks the vendors' APIs with invented data."""
