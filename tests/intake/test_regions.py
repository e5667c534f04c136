from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from hub.domain.clocks import OPEN_END, Millis, Span, day_start
from hub.domain.facts import Batch, Fact, Ref
from hub.errors import ImportRefused
from hub.intake.regions import read_regions
from hub.resources import resource

DIVISIONS = "code,name,shortName,level,parent,since\n"
HISTORY = "code,name,shortName,level,parent,since,until,successors\n"
REGION = "150000,内蒙古自治区,内蒙古,REGION,,1981\n"


def _table(year: int) -> Millis:
    """The table of a year speaks as of its last day."""
    return day_start(date(year, 12, 31))


def _region(code: str) -> Ref:
    return Ref("Region", code)


@pytest.fixture(scope="module")
def batch() -> Batch:
    return read_regions(resource("seeds", "regions"))


def _of(batch: Batch, kind: str, code: str) -> list[Fact]:
    return [one for one in batch.facts if one.kind == kind and one.subject.id == code]


def _in_force(batch: Batch, kind: str) -> list[Fact]:
    return [one for one in batch.facts if one.kind == kind and one.valid.end == OPEN_END]


def test_one_region_twelve_leagues_and_103_banners_are_in_force(batch: Batch) -> None:
    levels = Counter(one.properties["level"] for one in _in_force(batch, "RegionState"))

    assert levels == {"REGION": 1, "LEAGUE_CITY": 12, "BANNER_COUNTY": 103}


def test_each_league_has_the_banners_of_the_ministry(batch: Batch) -> None:
    parents = Counter(one.object.id for one in _in_force(batch, "PART_OF") if one.object)

    assert parents == {
        "150000": 12,
        "150100": 9,
        "150200": 9,
        "150300": 3,
        "150400": 12,
        "150500": 8,
        "150600": 9,
        "150700": 14,
        "150800": 7,
        "150900": 11,
        "152200": 6,
        "152500": 12,
        "152900": 3,
    }


@pytest.mark.parametrize(
    ("code", "name", "short_name"),
    [
        ("150000", "内蒙古自治区", "内蒙古"),
        ("150222", "固阳县", "固阳"),
        ("150603", "康巴什区", "康巴什区"),
        ("150703", "扎赉诺尔区", "扎赉诺尔区"),
        ("150722", "莫力达瓦达斡尔族自治旗", "莫力达瓦"),
        ("152500", "锡林郭勒盟", "锡林郭勒"),
        ("152921", "阿拉善左旗", "阿拉善左旗"),
    ],
)
def test_names_are_those_of_the_ministry(
    batch: Batch, code: str, name: str, short_name: str
) -> None:
    states = [
        (s.properties["name"], s.properties["shortName"]) for s in _of(batch, "RegionState", code)
    ]

    assert states == [(name, short_name)]


def test_the_invented_league_is_not_among_the_real_ones(batch: Batch) -> None:
    assert not any(entity.ref.id.startswith("1599") for entity in batch.entities)


def test_81_codes_were_retired_or_given_to_another_name(batch: Batch) -> None:
    ended = [one for one in batch.facts if one.kind == "RegionState" and one.valid.end != OPEN_END]

    assert len(ended) == 81
    assert len(batch.entities) == 193


def test_a_retired_league_ends_and_is_replaced_on_the_same_day(batch: Batch) -> None:
    assert [one.valid for one in _of(batch, "RegionState", "152100")] == [
        Span(_table(1981), _table(2001))
    ]
    assert [(one.object, one.valid) for one in _of(batch, "REPLACED_BY", "152100")] == [
        (_region("150700"), Span(_table(2001)))
    ]


def test_a_county_split_up_is_replaced_by_each_part(batch: Batch) -> None:
    replaced = [one.object for one in _of(batch, "REPLACED_BY", "152427")]

    assert replaced == [_region("150402"), _region("150403"), _region("150404")]


def test_a_part_given_away_in_an_earlier_year_replaces_nothing(batch: Batch) -> None:
    replaced = [(one.object, one.valid.start) for one in _of(batch, "REPLACED_BY", "152327")]

    assert replaced == [(_region("150526"), _table(1999))]


def test_a_code_given_to_another_name_has_two_states_that_meet(batch: Batch) -> None:
    states = [(one.properties["name"], one.valid) for one in _of(batch, "RegionState", "150105")]

    assert states == [
        ("郊区", Span(_table(1983), _table(2000))),
        ("赛罕区", Span(_table(2000))),
    ]
    assert [e.properties["name"] for e in batch.entities if e.ref.id == "150105"] == ["赛罕区"]


def test_every_division_belongs_to_one_in_force_at_its_time(batch: Batch) -> None:
    states = [one for one in batch.facts if one.kind == "RegionState"]
    for one in batch.facts:
        if one.kind == "PART_OF":
            spans = [state.valid for state in states if state.subject == one.object]

            assert min(span.start for span in spans) <= one.valid.start
            assert max(span.end for span in spans) >= one.valid.end


def test_no_two_facts_share_kind_things_and_key(batch: Batch) -> None:
    counts = Counter((one.kind, one.subject, one.object, one.key) for one in batch.facts)

    assert max(counts.values()) == 1


def test_the_same_files_twice_are_the_same_import(batch: Batch) -> None:
    assert read_regions(resource("seeds", "regions")) == batch


@pytest.mark.parametrize(
    ("divisions", "history", "where"),
    [
        ("code,name\n", HISTORY, "divisions.csv#line 1"),
        (DIVISIONS + "150000,内蒙古自治区,内蒙古,REGION,\n", HISTORY, "divisions.csv#line 2"),
        (DIVISIONS + "150000,,内蒙古,REGION,,1981\n", HISTORY, "divisions.csv#line 2"),
        (
            DIVISIONS + "150000,内蒙古自治区,内蒙古,LEAGUE_CITY,,1981\n",
            HISTORY,
            "divisions.csv#line 2",
        ),
        (
            DIVISIONS + "150000,内蒙古自治区,内蒙古,PROVINCE,,1981\n",
            HISTORY,
            "divisions.csv#line 2",
        ),
        (
            DIVISIONS + "150000,内蒙古自治区,内蒙古,REGION,,long ago\n",
            HISTORY,
            "divisions.csv#line 2",
        ),
        (DIVISIONS + REGION + REGION, HISTORY, "divisions.csv#line 3"),
        (
            DIVISIONS + REGION + "150101,市,市,BANNER_COUNTY,150100,1981\n",
            HISTORY,
            "divisions.csv#line 3",
        ),
        (DIVISIONS + REGION + "150100,市,市,LEAGUE_CITY,,1981\n", HISTORY, "divisions.csv#line 3"),
        (
            DIVISIONS + REGION,
            HISTORY + "152100,盟,盟,LEAGUE_CITY,150000,2001,2001,150000\n",
            "division_history.csv#line 2",
        ),
        (
            DIVISIONS + REGION,
            HISTORY + "152100,盟,盟,LEAGUE_CITY,150000,1981,2001,150700\n",
            "division_history.csv#line 2",
        ),
        (
            DIVISIONS + REGION,
            HISTORY + "152100,盟,盟,LEAGUE_CITY,150000,1981,,150000\n",
            "division_history.csv#line 2",
        ),
        (
            DIVISIONS + REGION,
            HISTORY + "150000,旧,旧,REGION,,1980,1990,\n",
            "divisions.csv#line 2",
        ),
    ],
)
def test_a_row_that_breaks_a_rule_is_named(
    tmp_path: Path, divisions: str, history: str, where: str
) -> None:
    (tmp_path / "divisions.csv").write_text(divisions, encoding="utf-8")
    (tmp_path / "division_history.csv").write_text(history, encoding="utf-8")

    with pytest.raises(ImportRefused) as refused:
        read_regions(tmp_path)

    assert refused.value.where == where


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused) as refused:
        read_regions(tmp_path)

    assert refused.value.where == "divisions.csv#line 1"
