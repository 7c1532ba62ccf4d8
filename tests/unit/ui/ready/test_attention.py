"""What is in the way of a month, and the ways to it."""

from streamlit.testing.v1 import AppTest

from billingbot.jobs.billing_rows import Standing


def page() -> None:
    """Draw what is in the way, and the chips, of a month with a client to take back and one that is ready."""
    from billingbot.jobs.billing_rows import Sent, billing_rows
    from billingbot.ui.ready.attention import draw_attention
    from billingbot.ui.ready.reading import Charged, Reading
    from billingbot.ui.ready.state import ready_state
    from billingbot.ui.ready.summary import pick_standing
    from tests.unit.billing.charges import account, applied, charge, client

    accounts = account("c1", client(1, excluded=True)) | account("c2", client(2))
    billing = applied(charge("1"), charge("2", company_id="c2"), accounts=accounts)
    sent = Sent({}, recurring={1: {50}})
    reading = Reading(Charged(billing, (), (), ()), (), sent, billing_rows(billing, sent), ())
    draw_attention(ready_state(), reading)
    pick_standing(reading.rows, f"ready-{billing.integration}-{billing.period}-standing")


def test_whom_halo_bills_too_much_is_in_the_way_and_a_click_shows_them() -> None:
    app = AppTest.from_function(page).run()

    [show] = app.button
    show.click().run()

    assert not app.exception
    assert app.session_state["ready-pax8-2026-11-standing"] is Standing.TAKE_BACK
