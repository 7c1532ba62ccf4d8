"""What changed defaults do, in sentences."""

from dataclasses import replace

from billingbot.domain.integration import Assignment, Integration, Modifiers
from billingbot.jobs.preview_defaults import DefaultsPreview
from billingbot.ui.integrations.defaults_draft import differing_fields
from billingbot.ui.integrations.defaults_words import NAMES, preview_words, value_words

SEEN = Integration("pax8", "Pax8")


def test_only_what_differs_is_saved_and_modifiers_by_their_own_names() -> None:
    wanted = replace(SEEN, threshold=92, modifiers=Modifiers(drop_azure=True), assignment=Assignment.LAST)

    assert differing_fields(SEEN, SEEN) == {}
    assert differing_fields(SEEN, wanted) == {"threshold": 92, "drop_azure": True, "assignment": Assignment.LAST}


def test_each_kind_of_change_has_its_sentence() -> None:
    wanted = replace(SEEN, threshold=80, modifiers=Modifiers(drop_azure=True), assignment=Assignment.LAST)
    preview = DefaultsPreview(
        rules=150, rules_mapped=108, assignment=1, lacking_target=1, links_now=3, links_then=12, review_then=2
    )

    assert preview_words(SEEN, wanted, preview) == [
        "Changes the billing rules of 150 clients, 108 of them with a company. Clients with their own keep them.",
        "Changes where the charges of 1 client go; 1 of them without an invoice picked so far.",
        "The next refresh would link 12 companies, 2 of them to review, instead of 3. Links that exist stay.",
    ]


def test_what_changes_no_client_says_so() -> None:
    wanted = replace(SEEN, guards=False, modifiers=Modifiers(drop_azure=True))

    assert preview_words(SEEN, wanted, DefaultsPreview()) == [
        "Changes the billing rules of no client. Clients with their own keep them.",
        "As now, the next refresh would link no company. Links that exist stay.",
    ]
    assert preview_words(SEEN, replace(SEEN, refresh_at="06:00"), DefaultsPreview()) == []


def test_every_default_that_the_form_can_change_has_a_name() -> None:
    everything = replace(
        SEEN,
        threshold=1,
        guards=False,
        assignment=Assignment.LAST,
        modifiers=Modifiers(True, True, True, True),
        refresh_at="06:00",
    )

    changed = differing_fields(SEEN, everything)

    assert set(changed) == set(NAMES)
    assert all(value_words(name, value) for name, value in changed.items())
