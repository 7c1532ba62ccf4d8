"""A plain HTTP client of the sandbox's Twilio, with its name and password."""

from typing import Any

import httpx2

from billingbot.sandbox.server import Sandbox

Row = dict[str, Any]


class TwilioCaller:
    """Calls `/twilio` of a sandbox."""

    def __init__(self, sandbox: Sandbox, http: httpx2.Client) -> None:
        self.sandbox = sandbox
        self.http = http
        self._auth = (sandbox.credentials.twilio_account_sid, sandbox.credentials.twilio_auth_token)

    def get(self, path: str, **params: str) -> httpx2.Response:
        """Read what is below the version."""
        url = f"{self.sandbox.url}/twilio/2010-04-01{path}"
        return self.http.get(url, params=params or None, auth=self._auth)

    def follow(self, link: str) -> httpx2.Response:
        """Read what a link of Twilio leads to."""
        return self.http.get(f"{self.sandbox.url}/twilio{link}", auth=self._auth)

    def all(self, path: str, key: str, **params: str) -> list[Row]:
        """Return the rows of all pages."""
        answer = self.get(path, **params).json()
        rows = list(answer[key])
        while answer["next_page_uri"]:
            answer = self.follow(answer["next_page_uri"]).json()
            rows += answer[key]
        return rows

    def usage(self, sid: str, resource: str, **params: str) -> list[Row]:
        """Return the usage records of an account, of all pages."""
        return self.all(f"/Accounts/{sid}/Usage/Records/{resource}.json", "usage_records", **params)
