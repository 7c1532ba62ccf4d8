"""The composition root: from the environment to an app that pages and the command line can ask.

workspaces   real data and the sandbox's, an App each
build        environment → App
  app          what pages and the command line talk to
    vendors      the connections to HaloPSA and the distributors
      credentials  what they are made of, as it was entered
        origins      where each value is from
  scheduler    starts the daily refreshes of an app
sign_in      who may come in, as the environment says it
rotation     a new key for credentials
upkeep       backup, restore, examination, repair and moving of the database
  backups      the running app's own backups
    asked_work   what the command line asks the running app for
"""

from billingbot.bootstrap.app import App
from billingbot.bootstrap.build import build_app
from billingbot.bootstrap.charge_fetches import ChargeFetch, FetchState
from billingbot.bootstrap.clock import now
from billingbot.bootstrap.connections import Connected, Connections
from billingbot.bootstrap.rotation import rotate_secrets
from billingbot.bootstrap.scheduler import Scheduler
from billingbot.bootstrap.sendings import Sending, SendingState
from billingbot.bootstrap.sign_in import SignInSetup, check_address, is_loopback, read_sign_in
from billingbot.bootstrap.upkeep import backups_of
from billingbot.bootstrap.vendor import Vendor
from billingbot.bootstrap.vendors import Vendors
from billingbot.bootstrap.workspaces import Workspaces

__all__ = [
    "App",
    "ChargeFetch",
    "Connected",
    "Connections",
    "FetchState",
    "Scheduler",
    "Sending",
    "SendingState",
    "SignInSetup",
    "Vendor",
    "Vendors",
    "Workspaces",
    "backups_of",
    "build_app",
    "check_address",
    "is_loopback",
    "now",
    "read_sign_in",
    "rotate_secrets",
]
