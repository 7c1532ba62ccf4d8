"""The dialogs about one client: opened from its row, and what their tests do in them."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, expect

from tests.browser.client_page import ClientPage
from tests.browser.dialogs import Dialog, bring_into_sight

_PATIENCE = 30_000


@dataclass(frozen=True)
class ClientDialog(Dialog):
    """A dialog by its title, such as Edit Company."""

    title: str

    @classmethod
    def open(cls, page: ClientPage, client_id: int, title: str) -> "ClientDialog":
        """Click the action of the client's row and wait for its dialog."""
        bring_into_sight(page, client_id)
        page.action(client_id, title).click()
        return cls.shown(page, title)

    @classmethod
    def shown(cls, page: ClientPage, title: str) -> "ClientDialog":
        """Wait for a dialog that opens by itself."""
        dialog = cls(page, title)
        expect(dialog.root).to_be_visible(timeout=_PATIENCE)
        page.wait_until_idle()
        return dialog

    @property
    def root(self) -> Locator:
        return self.page.page.get_by_role("dialog", name=re.compile(rf"^{self.title} · "))

    @property
    def heading(self) -> Locator:
        return self.root.get_by_role("heading", level=2)

    def press(self, button: str) -> None:
        """Press a button that closes the dialog."""
        self.button(button).click()
        self.expect_closed()

    def switch(self, name: str) -> Locator:
        """Return a switch: what screen readers and keys see of it."""
        return self.root.get_by_role("switch", name=name, exact=True)

    def flip(self, name: str) -> None:
        """Click a switch, and wait until the dialog is drawn with it."""
        on = self.switch(name).is_checked()
        switch = self.page.page.get_by_role("switch", name=name, exact=True)
        self.root.locator("label").filter(has=switch).click()
        expect(self.switch(name)).to_be_checked(checked=not on)
        self.page.wait_until_idle()

    def pick(self, label: str | re.Pattern[str]) -> None:
        """Pick of a few choices that stand side by side, once they stand still."""
        choice = self.root.get_by_role("radio", name=label)
        choice.click()
        expect(choice).to_be_checked()
        self.page.wait_until_idle()

    def search(self, text: str) -> None:
        self.root.get_by_role("searchbox", name="Search").fill(text)

    def dismiss(self, way: str) -> None:
        """Leave without saving: by Escape, by Cancel, or by the cross."""
        if way == "Escape":
            self.escape()
        else:
            self.button(way).first.click()
            self.expect_closed()


def pick_invoice(page: ClientPage, client_id: int, assignment: str) -> ClientDialog:
    """Tick last or recurring of a client that has no such target, which opens the list of Assign Invoice."""
    bring_into_sight(page, client_id)
    page.tick(client_id, assignment).click()
    return ClientDialog.shown(page, "Assign Invoice")
