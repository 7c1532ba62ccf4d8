"""The log of the app's process."""

import os

from billingbot.logs import start_log
from billingbot.ui.request import about_this_run


def start_app_log() -> None:
    """Let everything in this process be logged in one way, with the id of the run of a page that it belongs to."""
    start_log(os.environ, about_this_run)
