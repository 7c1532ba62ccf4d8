"""Asking HaloPSA about many targets: each once, not too many, and not again when it does not answer."""

from billingbot.domain.integration import Assignment
from billingbot.errors import UpstreamRejected, UpstreamUnavailable
from billingbot.jobs.compare_import import Target
from billingbot.jobs.unfit_targets import MAX_TARGETS, unfit_targets
from tests.fakes import FakeHalo
from tests.unit.jobs.test_import_clients import invoice, recurring


def last(invoice_id: int, client_id: int = 1) -> Target:
    return Assignment.LAST, invoice_id, client_id


def test_a_target_that_can_take_charges_is_not_in_the_answer() -> None:
    halo = FakeHalo(invoice_rows=[invoice(10, 1)], recurring_rows=[recurring(-3, 1)])

    assert unfit_targets(halo, [last(10), (Assignment.RECURRING, -3, 1)]) == {}


def test_without_halo_no_target_can_be_looked_at() -> None:
    assert unfit_targets(None, [last(10)]) == {
        last(10): "HaloPSA is not connected, so the invoice cannot be looked at."
    }


def test_halo_is_asked_once_when_it_does_not_answer() -> None:
    halo, asked = FakeHalo(), []

    def be_down() -> None:
        asked.append(1)
        raise UpstreamUnavailable("no answer", source="HaloPSA")

    halo.before_answer = be_down

    assert unfit_targets(halo, [last(1), last(2), last(3)]) == dict.fromkeys(
        [last(1), last(2), last(3)], "HaloPSA: no answer"
    )
    assert len(asked) == 1


def test_an_invoice_that_halo_refuses_to_show_says_nothing_about_the_others() -> None:
    halo = FakeHalo(invoice_rows=[invoice(2, 1)])
    refusals = iter([UpstreamRejected("refused", source="HaloPSA", status=400)])

    def refuse_once() -> None:
        for refusal in refusals:
            raise refusal

    halo.before_answer = refuse_once

    assert unfit_targets(halo, [last(1), last(2)]) == {last(1): "HaloPSA: refused"}


def test_at_most_a_hundred_targets_are_looked_at() -> None:
    halo, asked = FakeHalo(invoice_rows=[invoice(number, 1) for number in range(200)]), []
    halo.before_answer = lambda: asked.append(1)
    targets = [last(number) for number in range(MAX_TARGETS + 1)]

    unfit = unfit_targets(halo, [*targets, *targets])

    assert unfit == {last(MAX_TARGETS): "At most 100 changed targets at a time. Import the others afterwards."}
    assert len(asked) == MAX_TARGETS
