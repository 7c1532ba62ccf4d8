"""A server that speaks the vendors' APIs with invented data, for trying BillingBot and for its tests."""
