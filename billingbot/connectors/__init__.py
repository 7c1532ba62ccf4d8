"""Clients of the vendors' APIs. The only package that speaks HTTP."""
