"""Which usage categories hold others: what Twilio's own descriptions of them say."""

from decimal import Decimal

import pytest

from billingbot.connectors.twilio.categories import leaves

FREE = Decimal(0)
PAID = Decimal(1)


def leaves_of(*used: str) -> list[str]:
    return leaves(dict.fromkeys(used, PAID))


FAMILIES = """
calls: calls-inbound calls-outbound
calls-inbound: calls-inbound-local calls-inbound-mobile calls-inbound-tollfree
calls-sip: calls-sip-inbound calls-sip-outbound
recordings: calls-recordings trunking-recordings
sms: sms-inbound sms-outbound sms-inbound-longcode sms-outbound-shortcode
mms: mms-inbound mms-outbound
phonenumbers: phonenumbers-local phonenumbers-mobile phonenumbers-tollfree
shortcodes: shortcodes-random shortcodes-uk shortcodes-vanity
a2p-registration-fees: a2p-10dlc-registrationfees-monthly a2p-10dlc-registrationfees-campaignvetting
lookups: carrier-lookups calleridlookups number-format-lookups sim-swap-lookups identity-match
programmablevoiceconnectivity: pstnconnectivity pstnconnectivity-inbound programmablevoiceconn-sip
cps: phonenumbers-cps trunking-cps
trunking-origination: trunking-origination-local trunking-origination-tollfree
voice-insights: voice-insights-ptsn-insights-on-demand-minute
pv: group-rooms group-rooms-participant-minutes small-group-rooms pv-rooms video-recordings turnmegabytes-uswest
video-recordings: group-rooms-recorded-minutes group-rooms-media-stored pv-composition-minutes
wireless-usage: wireless-usage-data wireless-usage-data-europe wireless-usage-commands-home
Usage-RCS-Messages: Usage-RCS-basic-Messages-Outbound Usage-RCS-Single-Messages-Outbound Usage-RCS-Messages-Inbound
"""


@pytest.mark.parametrize("family", FAMILIES.strip().splitlines())
def test_a_category_gives_way_to_each_of_its_parts(family: str) -> None:
    whole, _, parts = family.partition(": ")

    for part in parts.split():
        assert leaves_of(whole, part) == [part]


BESIDE = """
calls calls-sip calls-client calls-globalconference calls-recordings calls-media-stream-minutes
sms sms-messages-carrierfees mms mms-messages-carrierfees
sms-outbound sms-outbound-content-inspection
phonenumbers phonenumbers-setups phonenumbers-cps
shortcodes shortcodes-mps shortcodes-mms-enablement
recordings recordingstorage
trunking-termination trunking-cps trunking-secure
transcriptions voice-intelligence-transcription
"""


@pytest.mark.parametrize("family", BESIDE.strip().splitlines())
def test_categories_that_only_look_like_parts_stand_beside_each_other(family: str) -> None:
    assert leaves_of(*family.split()) == family.split()


def test_the_total_is_no_leaf() -> None:
    assert leaves_of("totalprice", "sms") == ["sms"]


def test_what_is_shown_a_second_time_is_no_leaf() -> None:
    assert leaves_of("authy-sms-outbound", "sms-outbound", "authy-calls-outbound") == ["sms-outbound"]


def test_what_costs_something_does_not_give_way_to_a_part_that_is_free() -> None:
    prices = {"sync-endpoint-hours": PAID, "sync-endpoint-hours-above-daily-cap": FREE}

    assert leaves(prices) == list(prices)


def test_what_is_free_gives_way_to_any_part() -> None:
    assert leaves({"pv": FREE, "group-rooms": FREE, "turnmegabytes": PAID}) == ["group-rooms", "turnmegabytes"]
