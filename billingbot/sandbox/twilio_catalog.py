"""What the invented subaccounts use of Twilio: usage categories, how they lie inside each other, and what a unit costs.

Source: Twilio's list of usage categories. A category lies in every other one that is named with it; none is a sum that
the account has to pay on top. `totalprice`, which holds them all, is not in the table.
"""

from dataclasses import dataclass
from decimal import Decimal

TOTAL = "totalprice"


@dataclass(frozen=True, slots=True)
class Category:
    """A usage category. `inside` are all categories that hold it.

    `unit_price` is USD a unit, None where the category is the sum of what lies inside it. `repeats` is another category
    whose usage this one shows again, or "". What has no `count_unit` is not counted.
    """

    name: str
    inside: frozenset[str]
    usage_unit: str
    count_unit: str
    unit_price: Decimal | None
    repeats: str
    description: str


def _table(text: str) -> tuple[Category, ...]:
    return tuple(_category(*(cell.strip() for cell in line.split("|"))) for line in text.strip().splitlines())


def _category(name: str, inside: str, usage_unit: str, count_unit: str, price: str, description: str) -> Category:
    repeats = price.removeprefix("as ") if price.startswith("as ") else ""
    unit_price = None if price == "sum" or repeats else Decimal(price)
    return Category(name, frozenset(inside.split()), usage_unit, count_unit, unit_price, repeats, description)


CATEGORIES = _table("""
calls                                 |                              | minutes    | calls      | sum     | Voice Minutes
calls-inbound                         | calls                        | minutes    | calls      | sum     | Inbound Voice Minutes
calls-inbound-local                   | calls calls-inbound          | minutes    | calls      | 0.0085  | Inbound Local Calls
calls-inbound-mobile                  | calls calls-inbound          | minutes    | calls      | 0.01    | Inbound Mobile Calls
calls-inbound-tollfree                | calls calls-inbound          | minutes    | calls      | 0.022   | Inbound Toll Free Calls
calls-outbound                        | calls                        | minutes    | calls      | 0.01395 | Outbound Voice Minutes
calls-client                          |                              | minutes    | calls      | 0.004   | Client Minutes
calls-sip                             |                              | minutes    | calls      | sum     | SIP Minutes
calls-sip-inbound                     | calls-sip                    | minutes    | calls      | 0.00375 | Inbound SIP Minutes
calls-sip-outbound                    | calls-sip                    | minutes    | calls      | 0.005   | Outbound SIP Minutes
calls-recordings                      | recordings                   | minutes    | recordings | 0.0025  | Call Recordings
recordings                            |                              | minutes    | recordings | sum     | Recordings
trunking-recordings                   | recordings                   | minutes    | recordings | 0.0035  | Trunking Recordings
recordingstorage                      |                              | minutes    | recordings | 0.00051 | Recording Storage
transcriptions                        |                              | minutes    | transcriptions | 0.05 | Transcriptions
sms                                   |                              | messages   | messages   | sum     | SMS
sms-inbound                           | sms                          | messages   | messages   | sum     | Inbound SMS
sms-inbound-longcode                  | sms sms-inbound              | messages   | messages   | 0.0083  | Inbound Long Code SMS
sms-inbound-shortcode                 | sms sms-inbound              | messages   | messages   | 0.0079  | Inbound Short Code SMS
sms-outbound                          | sms                          | messages   | messages   | sum     | Outbound SMS
sms-outbound-longcode                 | sms sms-outbound             | messages   | messages   | 0.0083  | Outbound Long Code SMS
sms-outbound-shortcode                | sms sms-outbound             | messages   | messages   | 0.0079  | Outbound Short Code SMS
sms-messages-carrierfees              |                              | messages   | messages   | 0.003   | SMS Carrier Fees
authy-sms-outbound                    |                              | messages   | messages   | as sms-outbound-longcode | Authy Outbound SMS
authy-phone-verifications             |                              | verifications | verifications | 0.05 | Phone Verifications
mms                                   |                              | messages   | messages   | sum     | MMS
mms-inbound                           | mms                          | messages   | messages   | 0.0165  | Inbound MMS
mms-outbound                          | mms                          | messages   | messages   | 0.022   | Outbound MMS
mediastorage                          |                              | mb         | files      | 0.00025 | Media Storage
a2p-registration-fees                 |                              | fees       | fees       | sum     | A2P Registration Fees
a2p-10dlc-registrationfees-monthly    | a2p-registration-fees        | fees       |            | 10      | A2P 10DLC Monthly Fees
a2p-10dlc-registrationfees-onetime    | a2p-registration-fees        | fees       |            | 4.5     | A2P 10DLC One Time Fees
phonenumbers                          |                              | numbers    | numbers    | sum     | Phone Numbers
phonenumbers-local                    | phonenumbers                 | numbers    | numbers    | 1.15    | Local Phone Numbers
phonenumbers-mobile                   | phonenumbers                 | numbers    | numbers    | 6       | Mobile Phone Numbers
phonenumbers-tollfree                 | phonenumbers                 | numbers    | numbers    | 2.15    | Toll Free Phone Numbers
lookups                               |                              | lookups    | lookups    | sum     | Lookups
calleridlookups                       | lookups                      | lookups    | lookups    | 0.01    | Caller Name Lookups
carrier-lookups                       | lookups                      | lookups    | lookups    | 0.005   | Carrier Lookups
trunking-origination                  |                              | minutes    | calls      | sum     | Trunking Origination
trunking-origination-local            | trunking-origination         | minutes    | calls      | 0.0034  | Local Trunking Origination
trunking-termination                  |                              | minutes    | calls      | 0.00717 | Trunking Termination
pv                                    |                              |            |            | sum     | Programmable Video
group-rooms                           | pv                           |            | rooms      | sum     | Group Rooms
group-rooms-participant-minutes       | pv group-rooms               | minutes    | minutes    | 0.004   | Group Room Participants
group-rooms-recorded-minutes          | pv group-rooms video-recordings | minutes | minutes    | 0.004   | Group Room Recordings
video-recordings                      | pv                           |            |            | sum     | Video Recordings
pv-composition-minutes                | pv video-recordings          | minutes    | minutes    | 0.01    | Composed Minutes
turnmegabytes                         | pv                           | mb         | mb         | sum     | TURN Megabytes
turnmegabytes-useast                  | pv turnmegabytes             | mb         | mb         | 0.0004  | TURN Megabytes, US East
channels-whatsapp-service             |                              | conversations | conversations | 0    | WhatsApp Service Conversations
sync                                  |                              | units      | units      | sum     | Sync
sync-actions                          | sync                         | actions    | actions    | 0.00002 | Sync Actions
sync-endpoint-hours                   | sync                         | hours      | hours      | 0.00125 | Sync Endpoint Hours
sync-endpoint-hours-above-daily-cap   |                              | hours      | hours      | 0       | Sync Endpoint Hours above Cap
taskrouter-tasks                      |                              | tasks      | tasks      | 0.05    | TaskRouter Tasks
""")  # noqa: E501 - a table; a line is a row

LEAVES = tuple(category for category in CATEGORIES if category.unit_price is not None)
