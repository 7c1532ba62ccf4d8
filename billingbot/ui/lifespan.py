"""What runs as long as the web server does, whether anybody visits it or not: the schedule of refreshes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import streamlit as st

from billingbot.bootstrap import Scheduler
from billingbot.ui.current_app import workspaces


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[dict[str, Any] | None]:
    """Run the schedule on the real data from the server's start to its end.

    It opens the database in its own thread, and again and again while that fails: the pages say why.
    """
    scheduler = Scheduler(workspaces().real)
    scheduler.start()
    try:
        yield None
    finally:
        await asyncio.to_thread(scheduler.stop)
