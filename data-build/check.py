#!/usr/bin/env python3
"""Checks the tables of data/entities and data/places; prints what it finds and exits 1 on an error.

    python3 data-build/check.py [--verbose]

Errors: ids not unique, unknown country or sector codes, dates that do not parse or run backwards, unknown offices,
coordinates off the globe, cells with stray bars. Notes (not errors): overlapping terms of an office one person holds,
names that are common English words, names shared by several countries; `--verbose` lists them all.
"""

import re
import sys
from collections import defaultdict

from tables import ENTITIES, PLACES, plain, read_table, split

SECTORS = set("COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC".split())
INTERNATIONAL = {"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"}
DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
# Offices that were held by several at once: a presidency of three, a federation and its republics, rival governments.
SHARED = {("BIH", "president"), ("SRB", "president"), ("SRB", "prime-minister"), ("LBY", "prime-minister"),
          ("LBY", "foreign-minister"), ("KHM", "prime-minister")}
# Names that are also everyday English words or given names: a reader of the tables must ask for capitals and context.
EVERYDAY = set("""turkey chad jordan georgia male guinea niger china japan polish pole poles finn dane turk swede scot brit
us no is it who care apple meta shell target may major brown bush power gates rice cook hunt hope may march victoria
santiago kingston georgetown sofia san split nice bath reading mobile orange lead nancy tours bar bor van same best most
""".split())


def main():
    verbose = "--verbose" in sys.argv
    errors, notes = [], defaultdict(list)
    countries = read_table(ENTITIES / "countries.tsv")
    codes = {row["id"] for row in countries}
    offices = {row["office"]: row for row in read_table(ENTITIES / "offices.tsv")}

    def unique(table, key, rows):
        seen = set()
        for row in rows:
            if row[key] in seen:
                errors.append(f"{table}: {key} {row[key]} twice")
            seen.add(row[key])

    def dated(table, row, label):
        for field in ("start", "end"):
            if row[field] and not DATE.fullmatch(row[field]):
                errors.append(f"{table}: {label}: {field} {row[field]!r} is no date")
        if row["start"] and row["end"] and row["end"][: len(row["start"])] < row["start"][: len(row["end"])]:
            errors.append(f"{table}: {label}: ends {row['end']} before it starts {row['start']}")

    def coded(table, row, label):
        if row["country"] not in codes | INTERNATIONAL:
            errors.append(f"{table}: {label}: unknown country {row['country']!r}")
        for sector in [row["sector"]] + row["sectors"].split(";"):
            if sector not in SECTORS | INTERNATIONAL:
                errors.append(f"{table}: {label}: unknown sector {sector!r}")

    def point(table, row, label):
        try:
            if not (-90 <= float(row["lat"]) <= 90 and -180 <= float(row["lon"]) <= 180):
                errors.append(f"{table}: {label}: {row['lat']}, {row['lon']} is off the globe")
        except ValueError:
            errors.append(f"{table}: {label}: {row['lat']!r}, {row['lon']!r} is no point")

    bearers = defaultdict(set)

    def names(table, row, country, cells):
        for cell in cells:
            if "||" in cell or cell.startswith("|") or cell.endswith("|"):
                errors.append(f"{table}: {row.get('name')}: stray bar in {cell!r}")
            for name in split(cell):
                bearers[name].add(country)
                if plain(name).lower() in EVERYDAY:
                    notes["everyday words"].append(f"{table}: {name} ({country})")

    unique("countries", "id", countries)
    for row in countries:
        names("countries", row, row["id"], [row["names"], row["demonyms"], row["adjectives"], row["capital_names"], row["metonyms"]])
    for row in read_table(ENTITIES / "dependencies.tsv"):
        if row["owner"] not in codes:
            errors.append(f"dependencies: {row['name']}: unknown owner {row['owner']}")
    for row in read_table(ENTITIES / "unrecognised.tsv"):
        if row["sovereign"] not in codes:
            errors.append(f"unrecognised: {row['name']}: unknown sovereign {row['sovereign']}")
    for row in read_table(ENTITIES / "former.tsv"):
        if row["successor"] not in codes or not DATE.fullmatch(row["end"]):
            errors.append(f"former: {row['name']}: successor {row['successor']}, end {row['end']}")

    agents = read_table(ENTITIES / "agents.tsv")
    unique("agents", "noun", agents)
    for row in agents:
        coded("agents", {**row, "country": "IGO"}, row["noun"])
        if row["kind"] not in ("person", "group", "institution"):
            errors.append(f"agents: {row['noun']}: kind {row['kind']}")

    people = read_table(ENTITIES / "people.tsv")
    terms = defaultdict(list)
    for row in people:
        label = f"{row['person']} {row['office']}"
        coded("people", row, label)
        dated("people", row, label)
        names("people", row, row["country"], [row["names"]])
        if row["office"] not in offices:
            errors.append(f"people: {label}: unknown office")
        elif offices[row["office"]]["holders"] == "one" and row["country"] not in INTERNATIONAL \
                and (row["country"], row["office"]) not in SHARED:
            terms[row["country"], row["office"]].append(row)
        if row["posting"] and row["posting"] not in codes:
            errors.append(f"people: {label}: unknown posting {row['posting']}")
    for (country, office), rows in sorted(terms.items()):
        rows.sort(key=lambda row: row["start"])
        for i, left in enumerate(rows):
            for right in rows[i + 1 :]:
                end = left["end"] or "9999"
                width = min(len(end), len(right["start"]))
                if right["start"][:width] < end[:width]:
                    notes["overlapping terms"].append(
                        f"{country} {office}: {left['name']} {left['start']}..{left['end']} and {right['name']} {right['start']}..{right['end']}")

    organisations = read_table(ENTITIES / "organisations.tsv")
    unique("organisations", "id", organisations)
    for row in organisations:
        coded("organisations", row, row["id"])
        dated("organisations", row, row["id"])
        names("organisations", row, row["country"], [row["names"]])
        for member in filter(None, row["members"].split(";")):
            if member not in codes:
                errors.append(f"organisations: {row['id']}: unknown member {member}")
    for name, owners in sorted(bearers.items()):
        if len(owners) > 1:
            notes["names of several countries"].append(f"{name}: {' '.join(sorted(owners))}")

    cities = read_table(PLACES / "places.tsv")
    unique("places", "geonameid", cities)
    ids = {row["geonameid"] for row in cities}
    for table, rows in (("places", cities), ("facilities", read_table(PLACES / "facilities.tsv"))):
        for row in rows:
            point(table, row, row["name"])
            if row["country"] not in codes and not (table == "facilities" and row["country"] == ""):
                errors.append(f"{table}: {row['name']}: unknown country {row['country']!r}")
            if row["geonameid"] and row["geonameid"] not in ids:
                errors.append(f"{table}: {row['name']}: city {row['geonameid']} is not in places.tsv")
    points = read_table(PLACES / "countries.tsv")
    for row in points:
        point("places/countries", row, row["id"])
    for code in sorted(codes - {row["id"] for row in points}):
        errors.append(f"places/countries: no point for {code}")
    for row in read_table(PLACES / "admin1.tsv"):
        point("admin1", row, row["name"])

    for line in errors:
        print("error:", line)
    for kind, lines in notes.items():
        print(f"note: {kind}: {len(lines)}")
        for line in lines if verbose else lines[:5]:
            print("   ", line)
    print(f"{len(countries)} countries, {len({r['person'] for r in people})} people in {len(people)} terms, "
          f"{len(organisations)} organisations, {len(agents)} agents, {len(offices)} offices, {len(cities)} cities, "
          f"{len(bearers)} names; {len(errors)} errors")
    sys.exit(1 if errors else 0)


if __name__ == "__main__":
    main()
