"""The key of a name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billingbot.matching.names import name_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Acme Ltd", "ACME LIMITED"),
        ("Hargreaves, Cole & Partners", "Hargreaves Cole and Partners"),
        ("Café Zürich GmbH", "Cafe Zurich"),
        ("The Smith Company, Inc.", "Smith"),
        ("O'Neill Dental", "ONeill Dental"),
        ("A.B.C. Engineering", "ABC Engineering"),
        ("Straße & Söhne", "STRASSE UND SÖHNE".replace("UND", "and")),
    ],
)
def test_spelling_habits_leave_no_trace(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Acme Holdings", "Acme"),
        ("Riverside Clinic 1", "Riverside Clinic 2"),
        ("Harbor UK", "Harbor US"),
        ("Co Op Foods", "Op Foods"),
    ],
)
def test_words_that_tell_two_names_apart_stay(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


def test_a_name_that_is_only_a_legal_form_keeps_it() -> None:
    assert name_key("Limited") == "limited"


@given(st.text())
def test_a_key_is_its_own_key_unless_a_form_was_uncovered(name: str) -> None:
    key = name_key(name)

    assert key == key.strip()
    assert "  " not in key
    assert len(name_key(key)) <= len(key)


@given(st.text())
def test_case_never_matters(name: str) -> None:
    assert name_key(name) == name_key(name.casefold())
