"""Labelled sets, read from invented files."""

from pathlib import Path

import pytest

from bench.accuracy.labelled import list_sets, pair_sets


def write(path: Path, *lines: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines), encoding="utf-8")


def write_lists(folder: Path, *gold: str) -> None:
    write(folder / "left.csv", "id,name", "x/1,Fern & Co", "x/2,Fern and Company", "x/3,NA")
    write(folder / "right.csv", "id,name,town", "é,FERN CO,Lund", "z,Ash,Lund")
    write(folder / "gold.csv", "left_id,right_id", *gold)


def test_gold_may_be_many_to_one_and_ids_any_text(tmp_path: Path) -> None:
    write_lists(tmp_path / "firs", "x/1,é", "x/2,é", "x/2,é")

    [labelled] = list_sets(tmp_path)

    clients = dict(zip(labelled.clients["client_id"], labelled.clients["name"], strict=True))
    companies = dict(zip(labelled.companies["company_id"], labelled.companies["name"], strict=True))
    gold = [
        (clients[client], companies[company])
        for client, company in labelled.gold[["client_id", "company_id"]].itertuples(index=False)
    ]
    assert sorted(gold) == [("Fern & Co", "FERN CO"), ("Fern and Company", "FERN CO")]
    assert labelled.clients["client_id"].dtype == "int64"


def test_a_name_that_looks_like_a_missing_value_is_a_name(tmp_path: Path) -> None:
    write_lists(tmp_path / "firs")

    [labelled] = list_sets(tmp_path)

    assert "NA" in set(labelled.clients["name"])


def test_a_gold_pair_of_which_a_side_is_in_no_list_is_left_out(tmp_path: Path) -> None:
    write_lists(tmp_path / "firs", "x/1,é", "x/9,é", "x/1,gone")

    [labelled] = list_sets(tmp_path)

    assert len(labelled.gold) == 1


def test_sets_are_found_at_any_depth_and_named_by_their_place(tmp_path: Path) -> None:
    write_lists(tmp_path / "one" / "firs")
    write_lists(tmp_path / "two" / "firs")
    write(tmp_path / "two" / "pairs.csv", "left,right,label,category", "Fern,Fern Ltd,1,form", "Fern,Ash,0,other")

    lists, [pairs] = list(list_sets(tmp_path)), list(pair_sets(tmp_path))

    assert [labelled.name for labelled in lists] == ["one/firs", "two/firs"]
    assert pairs.name == "two/pairs"
    assert pairs.pairs["same"].tolist() == [True, False]


def test_a_label_other_than_0_and_1_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "pairs.csv", "left,right,label", "Fern,Ash,maybe")

    with pytest.raises(ValueError, match="label"):
        list(pair_sets(tmp_path))
