"""Which of Twilio's usage categories hold others, so that nothing is charged twice.

Twilio gives no field for it. By its descriptions, a category holds those whose names go on after its own and a hyphen
(`phonenumbers-local` is part of `phonenumbers`); where that is not so, this table says what it holds instead. A wrong
guess here splits the money differently; the sum of a subaccount stays Twilio's total.
"""

from collections.abc import Mapping
from decimal import Decimal

TOTAL = "totalprice"

# A category: the names, or beginnings of names, of what it holds.
_PARTS: dict[str, tuple[str, ...]] = {
    # Neither client nor SIP calls, media streams, recordings …
    "calls": ("calls-inbound", "calls-outbound"),
    # No carrier fees and no features.
    "sms": ("sms-inbound", "sms-outbound"),
    "mms": ("mms-inbound", "mms-outbound"),
    "sms-outbound": ("sms-outbound-longcode", "sms-outbound-shortcode"),
    # No setup fees, and nothing for faster numbers.
    "phonenumbers": ("phonenumbers-local", "phonenumbers-mobile", "phonenumbers-tollfree"),
    "shortcodes": ("shortcodes-customerowned", "shortcodes-random", "shortcodes-uk", "shortcodes-vanity"),
    "cps": ("phonenumbers-cps", "trunking-cps"),
    "recordings": ("calls-recordings", "trunking-recordings"),
    "a2p-registration-fees": ("a2p-registration-fees", "a2p-10dlc-registrationfees"),
    "lookups": (
        "lookups",
        "calleridlookups",
        "carrier-lookups",
        "fraud-lookups",
        "number-format-lookups",
        "call-forwarding-lookups",
        "sim-swap-lookups",
        "live-activity-lookups",
        "enhanced-line-type-lookups",
        "identity-match",
    ),
    "programmablevoiceconnectivity": ("programmablevoiceconnectivity", "programmablevoiceconn", "pstnconnectivity"),
    "pv": (
        "pv",
        "group-rooms",
        "small-group-rooms",
        "peer-to-peer-rooms",
        "rooms-group",
        "rooms-peer-to-peer",
        "video-recordings",
        "turnmegabytes",
    ),
    "video-recordings": (
        "video-recordings",
        "group-rooms-recorded-minutes",
        "group-rooms-encrypted-media-recorded",
        "group-rooms-media",
        "pv-composition",
    ),
    "usage-rcs-messages": ("usage-rcs-messages", "usage-rcs-basic-messages", "usage-rcs-single-messages"),
}
# Shown a second time: they are in the categories of SMS and voice as well.
_REPEATED = ("authy-sms-outbound", "authy-calls-outbound")


def leaves(prices: Mapping[str, Decimal]) -> list[str]:
    """Return the categories which hold none of the others, without the total, in their order.

    Args:
        prices: what each category costs that was used. One that costs something does not give way to a part that is
            free.

    >>> costs = dict.fromkeys(["totalprice", "calls", "calls-inbound", "calls-inbound-local", "calls-sip"], Decimal(1))
    >>> leaves(costs)
    ['calls-inbound-local', 'calls-sip']
    """
    return [
        category
        for category, price in prices.items()
        if category.lower() not in (TOTAL, *_REPEATED)
        and not any(_holds(category.lower(), other.lower()) for other in prices if prices[other] or not price)
    ]


def _holds(whole: str, other: str) -> bool:
    parts = _PARTS.get(whole, (whole,))
    return other != whole and any(other == part or other.startswith(f"{part}-") for part in parts)
