#!/usr/bin/env python3
"""Writes evaluation/office-facts.tsv: who held an office of a country on a day, to test the registry with.

    python3 data-build/office_facts.py [--workshop FOLDER]

Two sources: the Factbook's heads on two days of each term it dates (`factbook-2015`, `factbook-2026`; the registry
was built with the same snapshots, so these test the building and the asking), and `curated/office-facts.txt`
(`memory`), written from general knowledge without looking at the registry's rows (these test what it knows).
"""

import argparse
import datetime
import hashlib
import tempfile
from pathlib import Path

import people
import sources
from factbook import by_country, plain_text
from tables import CURATED, ROOT, read_table, write_table

SNAPSHOTS = [("factbook-2015", "factbook_2015", datetime.date(2015, 11, 1)),
             ("factbook-2026", "factbook_2026", datetime.date(2026, 1, 1))]
# The crown that these countries share is left out of the registry; two pages that give another state's head.
SHARED_CROWN = set("CA AU NZ JM BS GD LC VC AG KN BZ PG SB TV".split())
OTHERS_HEAD = {("HK", "president"), ("VA", "president")}
CELLS = ["chief of state", "Chief of state", "head of government"]


def first_day(text):
    """The first day that YYYY, YYYY-MM or YYYY-MM-DD allows, and how many days it leaves open."""
    parts = [int(part) for part in text.split("-")]
    year, month, day = parts + [1] * (3 - len(parts))
    return datetime.date(year, month, day), {1: 366, 2: 31, 3: 1}[len(parts)]


def days_within(start, end, key, count=2):
    """`count` days of the stretch, the same whenever this runs; one in each part of equal length."""
    length = (end - start).days
    seed = int(hashlib.sha256(key.encode()).hexdigest(), 16)
    return [start + datetime.timedelta(days=length * n // count + seed % max(1, length // count)) for n in range(count)]


def from_factbook(packages, countries):
    iso3 = {row["iso2"]: row["id"] for row in countries}
    for source, loader, last in SNAPSHOTS:
        for iso2, page in sorted(by_country(getattr(packages, loader)()).items()):
            for cell in CELLS:
                text = plain_text(page, "Government", "Executive branch", cell)
                for title, name, since in people.holders(text):
                    office = people.office_of(title)
                    start, open_days = first_day(since)
                    start = max(start + datetime.timedelta(days=open_days), datetime.date(1990, 1, 1))
                    if office is None or iso2 not in iso3 or start >= last or (iso2, office) in OTHERS_HEAD:
                        continue
                    if iso2 in SHARED_CROWN and office in ("king", "queen"):
                        continue
                    short = people.person(name)[1]
                    for day in days_within(start, last, f"{iso2} {office} {name}"):
                        yield [iso3[iso2], office, day.isoformat(), short, source]


def from_memory():
    """`USA president: George H. W. Bush 1991-05-01, Bill Clinton 1995-05-01`, a line an office."""
    for line in (CURATED / "office-facts.txt").read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        head, _, facts = line.partition(":")
        country, office = head.split()
        for fact in facts.split(","):
            name, _, day = fact.strip().rpartition(" ")
            yield [country, office, day, name, "memory"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--workshop", type=Path, default=Path(tempfile.gettempdir()) / "attache-data-build")
    packages = sources.installed(parser.parse_args().workshop)
    countries = read_table(CURATED / "countries.curated.tsv")
    rows = {tuple(row) for row in [*from_factbook(packages, countries), *from_memory()]}
    write_table(ROOT / "evaluation" / "office-facts.tsv", ["country", "office", "on", "name", "source"],
                sorted(rows), "Who held an office on a day; made by data-build/office_facts.py, asked by "
                "crates/attache-code/tests/office_facts.rs.\nsource: a Factbook snapshot (US public domain), or memory: "
                "general knowledge written apart from the registry.")


if __name__ == "__main__":
    main()
