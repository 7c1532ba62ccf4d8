"""The Products page: what charges name, and which HaloPSA item each product becomes on an invoice."""
