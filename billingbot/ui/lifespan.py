"""What runs as long as the web server does, whether anybody visits it or not: the schedule of refreshes, backups."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import streamlit as st

from billingbot.bootstrap import Scheduler, backups_of
from billingbot.ui.current_app import workspaces
from billingbot.ui.log import start_app_log


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[dict[str, Any] | None]:
    """Run the schedule and the backups on the real data from the server's start to its end.

    They open the database in threads of their own, and again and again while that fails: the pages say why.
    """
    start_app_log()  # again: the web server has set its own one up meanwhile
    scheduler = Scheduler(workspaces().real)
    backups = backups_of(workspaces(), os.environ)
    scheduler.start()
    backups.start()
    try:
        yield None
    finally:
        await asyncio.to_thread(scheduler.stop)
        await asyncio.to_thread(backups.stop)
