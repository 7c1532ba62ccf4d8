"""Pairs that need no names: one side carries the other side's id."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from billingbot.matching.ids import equal_ids

SID = "AC0123456789abcdef0123456789abcdef"
# What an MSP's list holds beside ids of HaloPSA.
FOREIGN = ["A123", "0123", "123.0", "+123", "1e2", "12 3", "#123", "١٢٣", "１２３", SID]


def clients(*client_ids: int, sids: Sequence[object] | None = None) -> pd.DataFrame:
    frame = pd.DataFrame({"client_id": pd.Series(client_ids, dtype="int64")})
    return frame if sids is None else frame.assign(twilio_subaccount_sid=pd.Series(list(sids), dtype="object"))


def companies(*company_ids: str, external_ids: Sequence[object] | None = None) -> pd.DataFrame:
    frame = pd.DataFrame({"company_id": pd.Series(company_ids, dtype="str")})
    return frame if external_ids is None else frame.assign(external_id=pd.Series(list(external_ids), dtype="object"))


def pairs(found: pd.DataFrame) -> list[tuple[int, str]]:
    return list(zip(found["client_id"].tolist(), found["company_id"].tolist(), strict=True))


def test_a_company_that_carries_a_halo_id_is_that_client() -> None:
    found = equal_ids(clients(122, 123), companies("c1", "c2", external_ids=["A7", "123"]))

    assert found.to_dict("records") == [
        {"company_id": "c2", "client_id": 123, "reason": "The company carries this client's HaloPSA id, 123."}
    ]


def test_a_subaccount_that_halo_names_is_that_clients() -> None:
    found = equal_ids(clients(1, 2, sids=[None, SID]), companies(SID, "AC0"))

    assert found.to_dict("records") == [
        {"company_id": SID, "client_id": 2, "reason": "HaloPSA names this Twilio subaccount at the client."}
    ]


@pytest.mark.parametrize("client_id", [0, -5, 7, 2**31, 2**63 - 1, -(2**63)])
def test_any_int_may_be_a_client_id(client_id: int) -> None:
    assert pairs(equal_ids(clients(client_id), companies("c", external_ids=[str(client_id)]))) == [(client_id, "c")]


@pytest.mark.parametrize("blank", [" ", "\t", "\n", "\u00a0", "  \u3000"])
def test_blanks_around_an_id_do_not_count(blank: str) -> None:
    named = equal_ids(clients(123), companies("c", external_ids=[f"{blank}123{blank}"]))
    noted = equal_ids(clients(1, sids=[f"{blank}{SID}{blank}"]), companies(SID))

    assert pairs(named) == [(123, "c")]
    assert pairs(noted) == [(1, SID)]
    assert named["reason"].tolist() == ["The company carries this client's HaloPSA id, 123."]


@pytest.mark.parametrize("foreign", FOREIGN)
def test_an_id_of_somebody_elses_list_is_no_halo_id(foreign: str) -> None:
    assert equal_ids(clients(123, 12, 100), companies("c", external_ids=[foreign])).empty


def test_twilio_ids_keep_their_case() -> None:
    assert equal_ids(clients(1, sids=[SID.upper()]), companies(SID)).empty


@pytest.mark.parametrize("nothing", [None, float("nan"), pd.NA, "", "  "])
def test_no_id_is_like_no_other(nothing: object) -> None:
    assert equal_ids(clients(1, sids=[nothing]), companies("c", "", "  ", "None", external_ids=[nothing] * 4)).empty
    assert equal_ids(clients(1, 2, sids=[nothing, SID]), companies(SID, "c", external_ids=[nothing, "1"]))[
        "client_id"
    ].tolist() == [1, 2]


def test_columns_of_ids_may_be_absent() -> None:
    found = equal_ids(clients(1), companies("1"))

    assert found.empty
    assert found.dtypes.astype("str").to_dict() == {"company_id": "str", "client_id": "int64", "reason": "str"}


def test_empty_lists_have_no_pairs() -> None:
    found = equal_ids(clients(sids=[]), companies(external_ids=[]))

    assert found.dtypes.astype("str").to_dict() == {"company_id": "str", "client_id": "int64", "reason": "str"}


def test_companies_that_carry_the_same_id_are_all_returned() -> None:
    found = equal_ids(clients(7), companies("b", "a", "c", external_ids=["7", " 7", "8"]))

    assert pairs(found) == [(7, "a"), (7, "b")]


def test_clients_that_name_the_same_subaccount_are_all_returned() -> None:
    assert pairs(equal_ids(clients(2, 1, sids=[SID, SID]), companies(SID))) == [(1, SID), (2, SID)]


def test_a_pair_that_agrees_both_ways_is_returned_once() -> None:
    found = equal_ids(clients(7, sids=[SID]), companies(SID, external_ids=["7"]))

    assert pairs(found) == [(7, SID)]


def test_a_company_whose_two_ids_name_two_clients_is_returned_with_both() -> None:
    assert pairs(equal_ids(clients(7, 8, sids=[None, SID]), companies(SID, external_ids=["7"]))) == [(7, SID), (8, SID)]


def test_pairs_come_by_client_as_a_number_then_company() -> None:
    found = equal_ids(
        clients(10, 9, -1, sids=["c", None, None]), companies("d", "c", "b", "a", external_ids=["9", "-1", "10", "9"])
    )

    assert pairs(found) == [(-1, "c"), (9, "a"), (9, "d"), (10, "b"), (10, "c")]
    assert found.index.tolist() == [0, 1, 2, 3, 4]


def test_frames_of_a_filtered_list_are_understood_and_left_as_they_were() -> None:
    one, other = clients(1, 2, 3, sids=[None, SID, None]).iloc[[2, 1]], companies(SID, "x", external_ids=["3", "2"])
    before = one.copy(), other.copy()

    assert pairs(equal_ids(one, other.iloc[::-1])) == [(2, SID), (2, "x"), (3, SID)]
    pd.testing.assert_frame_equal(one, before[0])
    pd.testing.assert_frame_equal(other, before[1])


def test_a_list_with_as_many_equal_ids_as_rows_stays_a_list_of_its_length() -> None:
    many = 100_000
    carried = pd.DataFrame(
        {"company_id": np.arange(many).astype("str"), "external_id": pd.Series(["7"] * many, dtype="str")}
    )

    assert len(equal_ids(clients(*range(many), sids=["5"] * many), carried)) == 2 * many - 1


IDS = st.sampled_from(["1", "2", "-3", " 1 ", "01", "A1", "", None, "AC1", "AC2", "ac1"])


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(st.sampled_from([1, 2, -3, 40]), IDS), st.dictionaries(st.sampled_from(["AC1", "AC2", "1"]), IDS)
)
def test_the_pairs_are_those_that_a_look_at_each_would_find(
    sids: dict[int, str | None], external_ids: dict[str, str | None]
) -> None:
    expected = [
        (client_id, company_id)
        for client_id, sid in sorted(sids.items())
        for company_id, external_id in sorted(external_ids.items())
        if (external_id or "").strip() == str(client_id) or (sid or "").strip() == company_id
    ]

    assert (
        pairs(
            equal_ids(
                clients(*sids, sids=list(sids.values())),
                companies(*external_ids, external_ids=list(external_ids.values())),
            )
        )
        == expected
    )
