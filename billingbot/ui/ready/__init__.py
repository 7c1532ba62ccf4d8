"""The Ready to Invoice page: what a month's charges become, client by client, and sending it to HaloPSA."""
