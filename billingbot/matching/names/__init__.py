"""Names as they are compared: the key, and the legal forms that were taken off its end."""
