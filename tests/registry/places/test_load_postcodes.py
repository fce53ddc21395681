import math
from zipfile import ZipFile

import brotli
import msgpack
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from registry.models import Outcode, Postcode
from registry.places.lookup import look_up
from registry.places.national_list import read_stamp, replace_list
from registry.places.postcode_sources import Batch, NotReadable, PackagedDirectory, Row

pytestmark = pytest.mark.django_db

OLD_HEADER = "pcd,pcd2,pcds,oscty,oslaua,osward,oseast1m,osnrth1m"
NEW_HEADER = "PCD7,PCD8,PCDS,CTY25CD,LAD25CD,WD25CD,EAST1M,NORTH1M"
LINES = [
    "BA1 1LZ,BA1  1LZ,BA1 1LZ,E99,E06000022,E05012345,0375035,0164737",
    "SR434BE,SR43 4BE,SR43 4BE,,,,,",
    "BT1 5GS,BT1  5GS,BT1 5GS,,N09000003,,0333870,0374005",
    "S1 2HH,S1   2HH,S1 2HH,,E08000019,,0435374,0387215",
]


def load(*args):
    call_command("load_postcodes", *map(str, args), verbosity=0)


def write_onspd(folder, header=OLD_HEADER, lines=LINES, name="ONSPD_NOV_2025_UK.csv"):
    file = folder / name
    file.write_text("\ufeff" + "\n".join([header, *lines]) + "\n", encoding="utf-8")
    return file


def write_package(folder, **letters):
    for letter, rows in letters.items():
        names = ("pcd", "laua", "oseast1m", "osnrth1m")
        columns = dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
        packed = brotli.compress(msgpack.packb({"columns": list(columns), "data": columns}))
        (folder / f"postcodes_{letter}.msgpack.br").write_bytes(packed)


def rows_of(source):
    return [row for batch in source.batches() for row in batch.rows]


def test_the_packaged_directory_loads_the_areas_asked_for(capsys):
    call_command("load_postcodes", "--areas", "eh, ZE", verbosity=0)
    assert 34_000 < Postcode.objects.count() < 50_000
    assert look_up("EH1 1YZ").council.name == "City of Edinburgh"
    assert look_up("EH6").easting == 326709
    assert look_up("BA1 1LZ").value == "unknown"
    assert "postcodes loaded." in capsys.readouterr().out


def test_the_packaged_directory_is_read_a_letter_at_a_time(tmp_path):
    empty = math.nan
    write_package(
        tmp_path,
        A=[("AB101AB", "S12000033", 394235.0, 806529.0), ("AB1 0AA", empty, empty, empty)],
        B=[("BT1 5GS", "N09000003", 333870.0, 374005.0), ("B1  1AA", "E08000025", 406000.0, 286000.0)],
    )
    source = PackagedDirectory(folder=tmp_path)
    assert rows_of(source) == [
        Row("AB101AB", 394235, 806529, "S12000033", ""),
        Row("AB10AA", None, None, "", ""),
        Row("B11AA", 406000, 286000, "E08000025", ""),
    ]
    assert [batch.done for batch in source.batches()][-1] == source.size
    assert [file.name[10] for file in PackagedDirectory(frozenset({"B"}), tmp_path).files] == ["B"]
    assert rows_of(PackagedDirectory(frozenset({"AB"}), tmp_path))[0].code == "AB101AB"


def test_a_missing_package_is_said_plainly(monkeypatch):
    monkeypatch.setattr("registry.places.postcode_sources.find_spec", lambda name: None)
    with pytest.raises(CommandError, match="is not installed"):
        load()


@pytest.mark.parametrize("header", [OLD_HEADER, NEW_HEADER])
def test_a_council_s_own_directory_is_loaded_with_its_wards(tmp_path, header):
    load("--onspd", write_onspd(tmp_path, header))
    known = Postcode.objects.get(code="BA11LZ")
    assert (known.easting, known.northing, known.ward_code) == (375035, 164737, "E05012345")
    assert Postcode.objects.get(code="SR434BE").easting is None
    assert not Postcode.objects.filter(code__startswith="BT").exists()
    assert look_up("S1 2HH").council.name == "Sheffield"


def test_a_directory_without_wards_will_do(tmp_path):
    load("--onspd", write_onspd(tmp_path, "pcds,oslaua,oseast1m,osnrth1m", ["BA1 1LZ,E06000022,375035,164737"]))
    assert Postcode.objects.get().ward_code == ""


def test_the_zip_is_read_as_it_comes(tmp_path):
    (tmp_path / "Data").mkdir()
    with ZipFile(tmp_path / "onspd.zip", "w") as archive:
        archive.write(write_onspd(tmp_path, lines=LINES[3:], name="small.csv"), "Documents/names.csv")
        archive.write(write_onspd(tmp_path), "Data/ONSPD_NOV_2025_UK.csv")
        archive.writestr("Documents/User Guide.pdf", "x" * 5000)
    load("--onspd", tmp_path / "onspd.zip", "--areas", "BA")
    assert [known.code for known in Postcode.objects.all()] == ["BA11LZ"]


def test_a_long_file_comes_in_batches(tmp_path, monkeypatch):
    monkeypatch.setattr("registry.places.postcode_sources.BATCH", 1)
    load("--onspd", write_onspd(tmp_path))
    assert Postcode.objects.count() == 3


def test_outcodes_have_the_middle_of_their_postcodes_and_most_of_their_districts(tmp_path):
    lines = [
        "BA1 1AA,E06000022,10,10",
        "BA1 1AB,E06000022,20,30",
        "BA1 1AD,E06000054,9000,20",
        "SR43 4BE,,,",
    ]
    load("--onspd", write_onspd(tmp_path, "pcds,oslaua,oseast1m,osnrth1m", lines))
    middle = Outcode.objects.get()
    assert (middle.code, middle.easting, middle.northing) == ("BA1", 20, 20)
    assert (middle.district_code, middle.postcodes) == ("E06000022", 3)


def test_what_is_loaded_already_is_not_loaded_again_unless_asked(tmp_path, capsys):
    file = write_onspd(tmp_path)
    load("--onspd", file)
    Postcode.objects.filter(code="S12HH").delete()
    load("--onspd", file)
    assert Postcode.objects.count() == 2
    assert "loaded already" in capsys.readouterr().out
    load("--onspd", file, "--again")
    assert Postcode.objects.count() == 3
    assert read_stamp().startswith("ONSPD ONSPD_NOV_2025_UK.csv")


def test_an_emptied_list_is_loaded_again(tmp_path):
    file = write_onspd(tmp_path)
    load("--onspd", file)
    Postcode.objects.all().delete()
    load("--onspd", file)
    assert Postcode.objects.count() == 3


@pytest.mark.parametrize(
    ("header", "lines", "says"),
    [
        ("pcds,oslaua", ["BA1 1LZ,E06000022"], "no column for: easting, northing"),
        ("", [], "no column for: district, easting, northing, postcode"),
        (OLD_HEADER, ["x,x,,,,,,"], "Line 2 of ONSPD_NOV_2025_UK.csv cannot be read"),
        (OLD_HEADER, [LINES[0], "BA1 1LX"], "Line 3 of"),
        (OLD_HEADER, ["a,a,BA1 1LZ,E99,E06000022,,east,164737"], "Line 2 of"),
        (OLD_HEADER, [LINES[0], LINES[0]], "cannot be loaded: could not create unique index"),
        (OLD_HEADER, ["a,a,BA1 1LZ,E99,E06000022 and more,,375035,164737"], "too long"),
    ],
)
@pytest.mark.usefixtures("postcodes")
def test_a_file_that_will_not_do_says_why_and_the_old_list_stays(tmp_path, header, lines, says):
    before = Postcode.objects.count()
    with pytest.raises(CommandError, match=says):
        load("--onspd", write_onspd(tmp_path, header, lines))
    assert Postcode.objects.count() == before


def test_no_file_and_a_zip_without_a_table_are_said_plainly(tmp_path):
    with pytest.raises(CommandError, match="There is no file"):
        load("--onspd", tmp_path / "nowhere.csv")
    with ZipFile(tmp_path / "empty.zip", "w") as archive:
        archive.writestr("guide.txt", "words")
    with pytest.raises(CommandError, match="holds no csv file"):
        load("--onspd", tmp_path / "empty.zip")


@pytest.mark.usefixtures("postcodes")
def test_stopped_half_way_the_old_list_is_still_there():
    def stopping():
        yield Batch([Row("ZZ11ZZ", 1, 1, "E06000022", "")], 1)
        raise NotReadable("stopped")

    with pytest.raises(NotReadable):
        replace_list(batches=stopping(), stamp="half", progress=lambda done: None)
    assert look_up("BA1 1LZ").council.name == "Bath and North East Somerset"
    assert not Postcode.objects.filter(code="ZZ11ZZ").exists()
    assert read_stamp() != "half"


def test_districts_the_site_does_not_know_are_named(tmp_path, capsys):
    load("--onspd", write_onspd(tmp_path, "pcds,oslaua,oseast1m,osnrth1m", ["BA1 1LZ,E07000187,375035,164737"]))
    assert "1 of them lie in districts that this site does not know" in capsys.readouterr().err


def test_the_new_table_is_like_the_old_one(tmp_path):
    def shape():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT column_name, data_type, is_nullable, character_maximum_length"
                " FROM information_schema.columns"
                " WHERE table_schema = 'public' AND table_name = 'registry_postcode' ORDER BY 1"
            )
            columns = cursor.fetchall()
            return columns, connection.introspection.get_primary_key_columns(cursor, "registry_postcode")

    before = shape()
    load("--onspd", write_onspd(tmp_path))
    load("--onspd", write_onspd(tmp_path), "--again")
    assert shape() == before
