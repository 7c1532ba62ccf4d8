"""BillingBot: which distributor company is which HaloPSA client, and on which invoice its charges land."""

__version__ = "0.1.0"
