import base64
import json
import timeit
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billingbot.logs import redacted
from billingbot.logs.secrets import KnownSecrets

pytestmark = pytest.mark.fault(19)

_PRINTED = st.characters(min_codepoint=33, max_codepoint=126)
SECRETS = st.text(st.one_of(_PRINTED, st.sampled_from(["ß", "日", " ", "\n", "\\", '"', "'"])), min_size=8, max_size=40)

CANARY = "canary-7f3a"


@pytest.mark.parametrize(
    "text",
    [
        f"Authorization: Bearer {CANARY}",
        f"authorization: Basic {CANARY}==",
        f"{{'authorization': 'Bearer {CANARY}', 'accept': '*/*'}}",
        f"Headers([('Authorization', 'Bearer {CANARY}')])",
        f"[(b'authorization', b'Bearer {CANARY}')]",
        f"[(b'cookie', b'_streamlit_user=2|1:0|{CANARY}; other={CANARY}')]",
        f"Cookie: _streamlit_user={CANARY}; _streamlit_user_tokens={CANARY}",
        f"Set-Cookie: session={CANARY}; HttpOnly",
        f"grant_type=client_credentials&client_secret={CANARY}&scope=all",
        f'{{"client_secret": "{CANARY}", "scope": "all"}}',
        f"{{'client_secret': '{CANARY} with blanks'}}",
        f"{{'password': b'{CANARY}'}}",
        f"Settings(database='x', auth_token={CANARY!r})",
        f"PASSWORD={CANARY}",
        f"password='{CANARY} and more' host=db",
        f"BILLINGBOT_SECRET_KEYS={CANARY}",
        f"BILLINGBOT_PAX8_CLIENT_SECRET: {CANARY}",
        f"Ocp-Apim-Subscription-Key: {CANARY}",
        f"X-Api-Key: {CANARY}",
        f"{{'access_token': '{CANARY}', 'expires_in': 3600}}",
        f"refresh_token={CANARY}; id_token={CANARY}",
        f"sent Bearer {CANARY} to the vendor",
        f"sent bearer  {CANARY}",
        f"postgresql://billingbot:{CANARY}@db.example:5432/billingbot",
        f"postgresql://billingbot:{CANARY}/with@signs@db.example/billingbot",
        f"https://{CANARY}@vendor.example/",
        f"GET https://app.example/oauth2callback?code={CANARY}&state={CANARY} failed",
        f"the token was eyJhbGciOiJSUzI1NiJ9.{CANARY}.{CANARY}",
    ],
)
def test_what_stands_where_secrets_stand_is_taken_out(text: str) -> None:
    assert CANARY not in redacted(text)


@pytest.mark.parametrize(
    "text",
    [
        "HaloPSA: the token endpoint answered 401, the password or the secret is wrong.",
        "refresh 2135e2338cd94a0f of pax8 succeeded: 240 clients, 260 companies",
        "GET https://api.pax8.com/v1/companies?page=3&size=200 answered 200 in 0.4 s",
        "Basic authentication is refused",
        "connection to server at 127.0.0.1, port 5432 failed: Connection refused",
        "ann@msp.example changed the client Müller & Söhne (12)",
    ],
)
def test_what_is_no_secret_stays(text: str) -> None:
    assert redacted(text) == text


@given(secret=SECRETS, before=st.text(max_size=5), after=st.text(max_size=5))
def test_a_known_secret_is_taken_out_in_every_form_in_which_it_travels(secret: str, before: str, after: str) -> None:
    known = KnownSecrets()
    known.add(secret)
    inside_base64 = base64.b64encode(f"{before}:{secret}:{after}".encode()).decode()
    bare = base64.b64encode(secret.encode()).decode().rstrip("=")

    for form in (secret, quote(secret, safe=""), quote_plus(secret), json.dumps(secret)[1:-1], repr(secret)[1:-1]):
        assert form not in known.taken_out(f"before {form} after", "***")
    shown = known.taken_out(f"Basic {inside_base64}", "***")
    assert "***" in shown
    assert bare[2:-2] not in shown


def test_a_short_word_is_no_secret() -> None:
    known = KnownSecrets()
    known.add("admin")

    assert known.taken_out("admin is a role", "***") == "admin is a role"


def test_a_secret_within_another_one_leaves_nothing_of_the_longer_one() -> None:
    known = KnownSecrets()
    known.add("secret")
    known.add("the-secret-key")

    assert known.taken_out("the-secret-key and secret", "***") == "*** and ***"


def test_only_so_many_secrets_are_known_and_the_ones_in_use_among_them() -> None:
    known = KnownSecrets(most=3)
    known.add("password-in-use")
    for number in range(10):
        known.add(f"access-token-{number}")
        known.add("password-in-use")

    assert known.taken_out("password-in-use access-token-9 access-token-1", "*") == "* * access-token-1"


@pytest.mark.parametrize(
    "part", ["a-", "secret-", "a", "a://", "eyJ", "eyJ-", "cookie ", "bearer ", "token=", "@", "'"]
)
def test_a_long_text_of_a_stranger_takes_no_longer_than_its_length_says(part: str) -> None:
    def seconds(letters: int) -> float:
        text = part * (letters // len(part))
        return min(timeit.repeat(lambda: redacted(text), number=1, repeat=3))

    # Sixteen times the letters would take 256 times as long where each of them is looked at again for each of them.
    assert seconds(64_000) < 64 * max(seconds(4_000), 0.0005)
