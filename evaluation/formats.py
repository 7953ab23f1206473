"""Reads every fixture of exchange with pandas and holds its columns against the field's.

Run by hand, or by CI where pandas is there: python3 evaluation/formats.py [PARQUET]
With a Parquet file as argument (attache convert … --to parquet) that is checked too.
"""

import sys
from pathlib import Path

try:
    import pandas
except ImportError:
    print("pandas is not there: nothing checked")
    sys.exit(0)

HERE = Path(__file__).resolve().parent.parent / "crates/attache-store/tests/fixtures"
WRITTEN = 5  # of the six invented events one is only supposed, and left out
PAIRS = 9  # 1 + 2 actors × 2 recipients + 2 ways + 1 + 1


def read(name, **how):
    return pandas.read_csv(HERE / name, sep="\t", dtype=str, keep_default_na=False, **how)


def check(name, frame, columns, rows):
    assert frame.shape == (rows, columns), f"{name}: {frame.shape}, not {(rows, columns)}"
    print(f"{name}: {rows} rows of {columns} columns")


def days(values, form):
    pandas.to_datetime(values, format=form, errors="raise")


def numbers(values, low, high):
    found = pandas.to_numeric(values[~values.isin(["", "None", "NA"])], errors="raise")
    assert found.between(low, high).all()


polecat = read("polecat.txt", quotechar='"')
check("polecat", polecat, 40, WRITTEN)
days(polecat["Event Date"], "%Y-%m-%d")
numbers(polecat["Intensity"], -10, 10)
numbers(polecat["Latitude"], -90, 90)
assert set(polecat["Event Type"]) <= {
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
}
assert polecat["Event ID"].str.split("_").str[0].nunique() == 3
assert polecat.iloc[0]["Actor COW"] == "135" and polecat.iloc[0]["Recipient COW"] == "130"

icews = read("icews.tab", quoting=3)
check("icews", icews, 20, PAIRS)
days(icews["Event Date"], "%Y-%m-%d")
numbers(icews["Event ID"], 0, 2**53)
assert icews["CAMEO Code"].str.fullmatch(r"\d{3,4}").all()

phoenix = read("phoenix.txt", header=None)
check("phoenix", phoenix, 26, PAIRS)
days(phoenix[1], "%Y%m%d")
assert (phoenix[2] + phoenix[3].str.zfill(2) + phoenix[4].str.zfill(2) == phoenix[1]).all()
assert phoenix[15].isin(list("01234")).all()

for name, columns, added in [("gdelt1.CSV", 58, "%Y%m%d"), ("gdelt2.CSV", 61, "%Y%m%d%H%M%S")]:
    gdelt = read(name, header=None)
    check(name, gdelt, columns, PAIRS)
    days(gdelt[1], "%Y%m%d")
    assert (gdelt[2] == gdelt[1].str[:6]).all() and (gdelt[3] == gdelt[1].str[:4]).all()
    assert (gdelt[28] == gdelt[26].str[:2]).all() and gdelt[29].isin(list("1234")).all()
    numbers(gdelt[30], -10, 10)
    days(gdelt[columns - 2], added)
    fips = columns - 7 if columns == 58 else columns - 8
    assert gdelt[fips][0] == "EC", gdelt[fips][0]

mentions = read("gdelt.mentions.CSV", header=None)
check("mentions", mentions, 16, WRITTEN)
numbers(mentions[11], 10, 100)

petrarch = read("evts.petrarch", header=None)
check("petrarch", petrarch, 13, PAIRS)
days(petrarch[0], "%Y%m%d")

csv = pandas.read_csv(HERE / "events.csv", dtype=str, keep_default_na=False)
check("csv", csv, 64, 6)
plover = pandas.read_json(HERE / "plover.jsonl", lines=True)
assert len(plover) == WRITTEN and {"id", "date", "actor", "event"} <= set(plover.columns)
print(f"plover: {len(plover)} objects")

for path in sys.argv[1:]:
    parquet = pandas.read_parquet(path)
    check("parquet", parquet, 24, 6)
    assert parquet["actor"][1][0]["name"] == "gunmen" and list(parquet["told"][0][1]) == [90, 130]
    assert pandas.api.types.is_float_dtype(parquet["score"])
