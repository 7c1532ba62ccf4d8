"""Rows that share a key."""

from billingbot.matching.names.name import read_name
from billingbot.matching.pairing.groups import Group, groups_of, rows_by_key, without

NAMES = [read_name(name) for name in ("Acme", "Borealis", "ACME Ltd", "???", "Acme Inc")]


def test_rows_of_one_key_are_a_group_and_rows_without_key_are_in_none() -> None:
    assert groups_of(NAMES, apart=set()) == [Group("acme", [0, 2, 4]), Group("borealis", [1])]


def test_a_row_apart_is_a_group_of_its_own() -> None:
    assert groups_of(NAMES, apart={2}) == [Group("acme", [0, 4]), Group("borealis", [1]), Group("acme", [2])]


def test_namesakes_are_counted_over_the_groups() -> None:
    assert rows_by_key(groups_of(NAMES, apart={2})) == {"acme": [0, 4, 2], "borealis": [1]}


def test_groups_of_linked_rows_go() -> None:
    assert without(groups_of(NAMES, apart=set()), {1}) == [Group("acme", [0, 2, 4])]
