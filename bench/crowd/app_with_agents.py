"""The app as a server of its own, with Streamlit's agent API. It refuses to start with that; so it comes afterwards."""

from streamlit import config

import app as served

config.set_option("server.enableAgentApi", True)
app = served.app
