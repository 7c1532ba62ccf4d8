"""Secrets at rest: the keys, and what is sealed with them."""

from billingbot.vault.keys import checked_keys, key_file_of, new_key, read_key_file, write_key_file
from billingbot.vault.vault import Vault

__all__ = ["Vault", "checked_keys", "key_file_of", "new_key", "read_key_file", "write_key_file"]
