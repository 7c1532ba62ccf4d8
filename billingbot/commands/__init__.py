"""Commands of the command line that look after the database as a whole."""

from billingbot.commands.backup import backup, restore
from billingbot.commands.doctor import doctor
from billingbot.commands.store import store

__all__ = ["backup", "doctor", "restore", "store"]
