"""Reads every written format with pandas, column by column.

    python3 evaluation/formats.py target/release/attache [EVENTS.parquet]

The program keeps the invented events of the fixtures in an archive and exports it in every format; each column of
each file is then held against what docs/formats.md and the field's own programs say of it: its name and place, and
what its cells may be. A Parquet file, which the default build does not write, is checked where it is named. Needs
evaluation/formats-requirements.txt.
"""

import csv
import subprocess
import sys
import tempfile
from pathlib import Path

import pandas

FIXTURE = Path(__file__).resolve().parent.parent / "crates/attache-store/tests/fixtures/events.jsonl"
FACTS = 5  # of the six events one is only supposed, and stands in our own formats only
PAIRS = 9  # 1 + 2 actors × 2 recipients + 2 ways + 1 + 1

TYPES = (
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE "
    "COERCE ASSAULT"
).split()

# What a cell may be, as a regular expression of the whole of it.
ANY, EMPTY = r"[\s\S]*", r""
DAY, COMPACT_DAY, STAMP = r"\d{4}-\d\d-\d\d", r"\d{8}", r"\d{14}"
WHOLE, SIGNED, DECIMAL = r"\d+", r"-?\d+", r"-?\d+(\.\d+)?"
ISO3, CAMEO = r"[A-Z]{3}", r"\d{3,4}"
TEXT = r"\S(.*\S)?"


def none(*cells):
    """Any of these, or POLECAT's word for nothing."""
    return "|".join(["None", *cells])


def na(*cells):
    """Any of these, or ICEWS's word for nothing."""
    return "|".join(["NA", *cells])


def blank(*cells):
    return "|".join([EMPTY, *cells])


def several(cell):
    return rf"({cell})(;({cell}))*"


def polecat_party(side):
    return [
        (f"{side} Name", none(TEXT)), (f"{side} Country", none(several(ISO3))), (f"{side} COW", none(several(WHOLE))),
        (f"Primary {side} Sector", none(several("None|" + ISO3))), (f"{side} Sectors", none(several(ISO3))),
        (f"{side} Title", none(TEXT)), (f"{side} Name Raw", none(TEXT)), (f"Wikipedia {side} ID", none(TEXT)),
    ]


POLECAT = [
    ("Event ID", rf"[^_]+_[0-9a-f]{{16}}_({'|'.join(TYPES)})(_\S+)?"), ("Event Date", DAY),
    ("Event Type", "|".join(TYPES)), ("Event Mode", none(several(r"[a-z-]+"))), ("Intensity", DECIMAL),
    ("Quad Code", "[1-4]"), ("Contexts", none(several(r"[a-z_]+"))),
    *polecat_party("Actor"), *polecat_party("Recipient"),
    ("Placename", none(TEXT)), ("City", none(TEXT)), ("District", none()), ("Province", none(TEXT)),
    ("Country", none(ISO3)), ("Latitude", none(DECIMAL)), ("Longitude", none(DECIMAL)), ("GeoNames ID", none(WHOLE)),
    ("Raw Placename", none(TEXT)), ("Feature Type", none()), ("Source", none(TEXT)), ("Publication Date", none(DAY)),
    ("Story People", none()), ("Story Organizations", none()), ("Story Locations", none()), ("Language", none()),
    ("Version", TEXT),
]

ICEWS = [
    ("Event ID", WHOLE), ("Event Date", DAY), ("Source Name", na(TEXT)), ("Source Sectors", na(TEXT)),
    ("Source Country", na(TEXT)), ("Event Text", TEXT), ("CAMEO Code", CAMEO), ("Intensity", na(DECIMAL)),
    ("Target Name", na(TEXT)), ("Target Sectors", na(TEXT)), ("Target Country", na(TEXT)), ("Story ID", WHOLE),
    ("Sentence Number", na()), ("Publisher", na(TEXT)), ("City", na(TEXT)), ("District", na()), ("Province", na(TEXT)),
    ("Country", na(TEXT)), ("Latitude", na(DECIMAL)), ("Longitude", na(DECIMAL)),
]


def phoenix_party(side):
    return [
        (f"{side}ActorFull", blank(r"[A-Z-]+")), (f"{side}ActorEntity", blank(rf"({ISO3}){{1,2}}", "---")),
        (f"{side}ActorRole", blank(ISO3)), (f"{side}ActorAttribute", blank(several(ISO3))),
    ]


PHOENIX = [
    ("EventID", TEXT), ("Date", COMPACT_DAY), ("Year", r"\d{4}"), ("Month", r"[1-9]|1[0-2]"),
    ("Day", r"[1-9]|[12]\d|3[01]"), *phoenix_party("Source"), *phoenix_party("Target"), ("EventCode", CAMEO),
    ("EventRootCode", r"\d\d"), ("QuadClass", "[0-4]"), ("GoldsteinScore", DECIMAL),
    ("Issues", blank(several(r"[A-Z_]+,\d+"))), ("Lat", blank(DECIMAL)), ("Lon", blank(DECIMAL)),
    ("LocationName", blank(TEXT)), ("StateName", blank(TEXT)), ("CountryCode", blank(ISO3)), ("SentenceID", TEXT),
    ("URLs", blank(TEXT)), ("NewsSources", blank(TEXT)),
]


def gdelt_actor(number):
    return [
        (f"Actor{number}Code", blank(r"[A-Z]+")), (f"Actor{number}Name", blank(r"[^a-z]+")),
        (f"Actor{number}CountryCode", blank(ISO3)), (f"Actor{number}KnownGroupCode", blank(ISO3)),
        (f"Actor{number}EthnicCode", EMPTY), (f"Actor{number}Religion1Code", EMPTY),
        (f"Actor{number}Religion2Code", EMPTY), (f"Actor{number}Type1Code", blank(ISO3)),
        (f"Actor{number}Type2Code", blank(ISO3)), (f"Actor{number}Type3Code", blank(ISO3)),
    ]


def gdelt_place(of, version):
    return [
        (f"{of}Geo_Type", "[0-5]"), (f"{of}Geo_FullName", blank(TEXT)), (f"{of}Geo_CountryCode", blank("[A-Z]{2}")),
        (f"{of}Geo_ADM1Code", blank("[A-Z]{2}.*")), *([(f"{of}Geo_ADM2Code", EMPTY)] if version == 2 else []),
        (f"{of}Geo_Lat", blank(DECIMAL)), (f"{of}Geo_Long", blank(DECIMAL)), (f"{of}Geo_FeatureID", blank(TEXT)),
    ]


def gdelt(version):
    return [
        ("GLOBALEVENTID", WHOLE), ("SQLDATE", COMPACT_DAY), ("MonthYear", r"\d{6}"), ("Year", r"\d{4}"),
        ("FractionDate", r"\d{4}\.\d{4}"), *gdelt_actor(1), *gdelt_actor(2), ("IsRootEvent", "[01]"),
        ("EventCode", CAMEO), ("EventBaseCode", r"\d{3}"), ("EventRootCode", r"\d\d"), ("QuadClass", "[1-4]"),
        ("GoldsteinScale", DECIMAL), ("NumMentions", WHOLE), ("NumSources", WHOLE), ("NumArticles", WHOLE),
        ("AvgTone", EMPTY), *gdelt_place("Actor1", version), *gdelt_place("Actor2", version),
        *gdelt_place("Action", version), ("DATEADDED", STAMP if version == 2 else COMPACT_DAY),
        ("SOURCEURL", blank(TEXT)),
    ]


MENTIONS = [
    ("GLOBALEVENTID", WHOLE), ("EventTimeDate", STAMP), ("MentionTimeDate", STAMP), ("MentionType", "[1-6]"),
    ("MentionSourceName", blank(TEXT)), ("MentionIdentifier", blank(TEXT)), ("SentenceID", EMPTY),
    ("Actor1CharOffset", SIGNED), ("Actor2CharOffset", SIGNED), ("ActionCharOffset", SIGNED), ("InRawText", "[01]"),
    ("Confidence", r"\d{1,2}|100"), ("MentionDocLen", EMPTY), ("MentionDocTone", EMPTY),
    ("MentionDocTranslationInfo", EMPTY), ("Extras", EMPTY),
]

CODE = r"[A-Z]+|---[A-Z]*"
PETRARCH = [
    ("date", COMPACT_DAY), ("source", CODE), ("target", CODE), ("eventcode", CAMEO),
    ("issues", "---|" + several(r"[A-Z_]+,\d+")), ("ids", several(TEXT)), ("url", "---|" + TEXT),
    ("StorySource", "---|" + TEXT), ("actor text source", "---|" + TEXT), ("actor text target", "---|" + TEXT),
    ("event text", "---|" + TEXT), ("actor root source", "---|" + TEXT), ("actor root target", "---|" + TEXT),
]

LIST = r"|[^|]*(\|[^|]*)*"
SPANS = r"(\d+-\d+)?(\|(\d+-\d+)?)*"


def csv_party(side):
    fields = ["name", "id", "country", "sector", "sectors", "role", "text"]
    return [*((f"{side}_{field}", LIST) for field in fields), (f"{side}_span", SPANS)]


CSV = [
    ("id", r"[0-9a-f]{16}"), ("version", TEXT), ("report_id", TEXT), ("report_url", ANY), ("report_publisher", ANY),
    ("report_title", ANY), ("report_published", blank(DAY)), ("type", "|".join(TYPES)),
    ("mode", LIST), ("contexts", LIST), ("quad", "[1-4]"), ("score", DECIMAL), ("cameo", r"\d{2,4}"),
    ("goldstein", blank(DECIMAL)), ("status", "actual|ongoing|historical|future|hypothetical|negated"),
    ("date", blank(DAY)), ("date_precision", blank("day", "week", "month", "year")), ("date_raw", ANY),
    *csv_party("actor"), *csv_party("recipient"), ("place_name", ANY), ("place_city", ANY), ("place_admin1", ANY),
    ("place_country", blank(ISO3)), ("place_lat", blank(DECIMAL)), ("place_lon", blank(DECIMAL)),
    ("place_geonameid", blank(WHOLE)), ("place_text", ANY), ("place_span", SPANS), ("dead", blank(WHOLE)),
    ("injured", blank(WHOLE)), ("arrested", blank(WHOLE)), ("size", blank(WHOLE)), ("money", blank(DECIMAL)),
    ("money_unit", ANY), *csv_party("said_by"), ("confidence", DECIMAL), ("sentence", ANY), ("sentence_span", SPANS),
    ("trigger_span", SPANS), ("why", LIST), ("mentions", WHOLE), ("told", SPANS),
]

# Format, its columns, whether a header names them, how many rows the events make, how pandas is to read it.
TABS = {"sep": "\t", "quoting": csv.QUOTE_NONE}
TABLES = [
    ("polecat", 40, POLECAT, True, FACTS, {"sep": "\t", "quotechar": '"'}),
    ("icews", 20, ICEWS, True, PAIRS, TABS),
    ("phoenix", 26, PHOENIX, False, PAIRS, TABS),
    ("gdelt1", 58, gdelt(1), False, PAIRS, TABS),
    ("gdelt", 61, gdelt(2), False, PAIRS, TABS),
    ("gdelt-mentions", 16, MENTIONS, False, FACTS, TABS),
    ("petrarch", 13, PETRARCH, False, PAIRS, TABS),
    ("csv", 64, CSV, True, 6, {}),
    ("csv-spreadsheet", 64, [(name, ANY) for name, _ in CSV], True, 6, {}),
]


def table(path, columns, has_header, how):
    names = [name for name, _ in columns]
    how = {**how, "dtype": str, "keep_default_na": False, "encoding": "utf-8"}
    if has_header:
        frame = pandas.read_csv(path, **how)
        assert list(frame.columns) == names, f"{path.name}: the columns are {list(frame.columns)}"
        return frame
    frame = pandas.read_csv(path, header=None, **how)
    assert frame.shape[1] == len(names), f"{path.name}: {frame.shape[1]} columns, not {len(names)}"
    return frame.set_axis(names, axis="columns")


def check(path, columns, frame):
    for name, cell in columns:
        wrong = frame.loc[~frame[name].str.fullmatch(cell), name]
        assert wrong.empty, f"{path.name}: column {name} has {wrong.tolist()}, not {cell}"
        if "lat" in name.lower().split("_")[-1] and cell.endswith(DECIMAL):
            numbers = pandas.to_numeric(frame[name].where(frame[name].str.fullmatch(DECIMAL)))
            assert numbers.dropna().between(-90, 90).all(), f"{path.name}: {name}"
        if cell in (DAY, COMPACT_DAY, STAMP):
            form = {DAY: "%Y-%m-%d", COMPACT_DAY: "%Y%m%d", STAMP: "%Y%m%d%H%M%S"}[cell]
            pandas.to_datetime(frame[name], format=form, errors="raise")


def agree(frames):
    """What columns say of one another, and of the event that is known."""
    polecat, icews, phoenix = frames["polecat"], frames["icews"], frames["phoenix"]
    # Scripts in use cut an id at its first `_` to get the story.
    assert polecat["Event ID"].str.split("_").str[0].nunique() == 3
    assert (polecat["Event ID"].str.split("_").str[2] == polecat["Event Type"]).all()
    known = polecat[polecat["Actor Name"] == "Inés Márquez"].iloc[0]
    assert (known["Actor COW"], known["Recipient COW"], known["Country"]) == ("135", "130", "ECU")
    known = icews[icews["Source Name"] == "Inés Márquez"].iloc[0]
    assert (known["Source Country"], known["CAMEO Code"], known["Event Text"]) == ("Peru", "042", "Make a visit")
    day = phoenix["Year"] + phoenix["Month"].str.zfill(2) + phoenix["Day"].str.zfill(2)
    assert (day == phoenix["Date"]).all() and (phoenix["EventRootCode"] == phoenix["EventCode"].str[:2]).all()
    for name in ["gdelt1", "gdelt"]:
        gdelt = frames[name]
        assert (gdelt["MonthYear"] == gdelt["SQLDATE"].str[:6]).all() and (gdelt["Year"] == gdelt["SQLDATE"].str[:4]).all()
        assert (gdelt["EventBaseCode"] == gdelt["EventCode"].str[:3]).all()
        assert (gdelt["EventRootCode"] == gdelt["EventCode"].str[:2]).all()
        # FIPS, not ISO: Ecuador is EC.
        known = gdelt[gdelt["Actor1Name"] == "INÉS MÁRQUEZ"].iloc[0]
        assert (known["ActionGeo_CountryCode"], known["Actor2CountryCode"]) == ("EC", "ECU")
    assert set(frames["gdelt-mentions"]["GLOBALEVENTID"]) == set(frames["gdelt"]["GLOBALEVENTID"])


def plover(path):
    frame = pandas.read_json(path, lines=True, dtype=False, convert_dates=False)
    assert len(frame) == FACTS and {"id", "date", "actor", "event"} <= set(frame.columns)
    assert frame["date"].str.fullmatch(DAY).all() and frame["event"].str[0].isin(TYPES).all()
    assert frame["quad_code"].between(1, 4).all() and frame["event_scale"].between(-10, 10).all()
    assert frame["actor"].map(lambda side: all(isinstance(party["code"], str) for party in side)).all()


def parquet(path):
    frame = pandas.read_parquet(path)
    assert frame.shape == (6, 24), f"{path}: {frame.shape}"
    assert frame["actor"][1][0]["name"] == "gunmen" and list(frame["told"][0][1]) == [90, 130]
    assert pandas.api.types.is_float_dtype(frame["score"]) and frame["quad"].between(1, 4).all()


def main():
    attache, parquets = sys.argv[1], sys.argv[2:]
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "fixture.attache"
        run = lambda *words: subprocess.run([attache, "--quiet", *map(str, words)], check=True)
        run("import", FIXTURE, "--archive", archive)
        frames = {}
        for name, count, columns, has_header, rows, how in TABLES:
            path = Path(folder) / name
            run("export", path, "--archive", archive, "--to", name)
            assert len(columns) == count, name
            frames[name] = table(path, columns, has_header, how)
            assert len(frames[name]) == rows, f"{name}: {len(frames[name])} rows, not {rows}"
            check(path, columns, frames[name])
            print(f"{name}: {rows} rows of {count} columns")
        agree(frames)
        path = Path(folder) / "plover"
        run("export", path, "--archive", archive, "--to", "plover")
        plover(path)
        print(f"plover: {FACTS} objects")
    for path in parquets:
        parquet(path)
        print("parquet: 6 rows of 24 columns")


if __name__ == "__main__":
    main()
