"""Fees of a storage place against what may be charged at most: one above is told with its law, its source and its condition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clearway.errors import BadFile
from clearway.planning.vehicles.towing.fees import caps_text, fee_words, our_caps, over_caps, read_caps
from clearway.planning.vehicles.towing.means import StoragePlace

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "row,fee,most,currency,when,instrument,source,text_read\n"


def yard(**fields: Any) -> StoragePlace:  # noqa: ANN401 - fields of a place
    return StoragePlace(id="yard", lon=174.78, lat=-41.28, **fields)


def caps(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "caps.csv"
    path.write_text(HEAD + "".join(f"{one}\n" for one in lines))
    return path


def test_a_fee_at_its_cap_is_not_above_it_and_a_cent_more_is(tmp_path: Path) -> None:
    found = read_caps(caps(tmp_path, "a,day,20.5,NZD,always,Act,a page,yes"))
    assert list(over_caps(yard(day_fee=20.5), found)) == []
    assert list(over_caps(yard(day_fee=20.51), found)) == [
        "The fee for a day of storage of yard, NZD 20.51, is above the cap of NZD 20.50 where always (Act; a page)."
    ]


def test_a_cap_in_another_currency_or_of_another_fee_says_nothing(tmp_path: Path) -> None:
    found = read_caps(caps(tmp_path, "a,tow,20,AUD,always,Act,a page,yes", "b,release,20,NZD,always,Act,a page,yes"))
    assert list(over_caps(yard(tow_fee=900), found)) == []
    assert list(over_caps(yard(), found)) == []


def test_every_cap_that_a_fee_exceeds_is_told_and_that_nobody_read_the_law() -> None:
    """The claim of NZ$500 for a clamp where the law has 100."""
    (said,) = over_caps(yard(release_fee=500), our_caps())
    assert said.startswith(
        "The release fee of yard, NZD 500.00, is above the cap of NZD 100.00 where a wheel clamp is taken off"
    )
    assert said.endswith("The law's own text was not read: have it checked.")
    assert "fyi.org.nz 19343" in said


def test_fees_are_told_in_words_with_what_is_assumed() -> None:
    assert fee_words(yard()) == ""
    said = fee_words(yard(tow_fee=1200, day_fee=5, currency="AUD", assumed=("day_fee",)))
    assert said == "tow AUD 1,200.00, a day of storage AUD 5.00 (assumed)"


def test_our_table_is_one_that_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text(caps_text())
    assert read_caps(path) == our_caps()


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("a,tow,0,NZD,x,y,z,yes", "says most 0 in row a"), ("a,tow,many,NZD,x,y,z,yes", "many"),
        ("a,parking,5,NZD,x,y,z,yes", "says fee 'parking' in row a. Write tow, release, day"),
        (",tow,5,NZD,x,y,z,yes", "names the row '' twice or not at all"),
    ],
)  # fmt: skip
def test_a_table_that_cannot_be_right_is_refused(tmp_path: Path, line: str, says: str) -> None:
    with pytest.raises(BadFile, match=says):
        read_caps(caps(tmp_path, line))
    with pytest.raises(BadFile, match="names the row 'a' twice"):
        read_caps(caps(tmp_path, "a,tow,5,NZD,x,y,z,yes", "a,tow,6,NZD,x,y,z,yes"))
