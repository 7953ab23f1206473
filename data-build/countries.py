"""Countries, former states, dependencies and unrecognised states, from the curated rows, the Factbook and CLDR."""

import re

from factbook import by_country, plain_text
from tables import CURATED, ENTITIES, join, plain, read_table, split, with_plain, write_table

COUNTRY_COLUMNS = ["id", "name", "cow", "iso2", "names", "demonyms", "adjectives", "capital", "capital_names",
                   "metonyms", "region", "names_es", "source"]
# English nouns for people that are the same in the plural.
INVARIANT = ("ese", "ss", "ish", "sh", "ois", "z")


def demonyms(cell):
    """Singular and plural of each noun; a leading `=` marks a noun listed as it stands."""
    out = []
    for noun in split(cell):
        if noun.startswith("="):
            out.append(noun[1:])
        elif noun.endswith(INVARIANT):
            out.append(noun)
        else:
            out += [noun, noun + "s"]
    return join(with_plain(out))


def territories(sources, locale):
    """CLDR's country names of one locale: ISO alpha-2 to names, the usual one first."""
    names = {}
    for key, name in sources.cldr_territories(locale).items():
        code, _, variant = key.partition("-alt-")
        if len(code) == 2 and code.isalpha():
            names.setdefault(code, [])
            if variant == "":
                names[code].insert(0, name)
            else:
                names[code].append(name)
    return names


def long_form(page):
    """The Factbook's official name as a list of one or none; its notes and alternatives are cut off."""
    name = plain_text(page, "Government", "Country name", "conventional long form")
    name = re.split(r"[;\n(]|, formerly", name)[0].strip()
    return [] if name.lower() in ("", "none", "na") else [name]


def countries(sources):
    """The country table. Factbook long forms and CLDR variants widen the curated names."""
    factbook = by_country(sources.factbook_2026())
    english, spanish = territories(sources, "en"), territories(sources, "es")
    rows = []
    for row in read_table(CURATED / "countries.curated.tsv"):
        iso2 = row["iso2"]
        official = long_form(factbook.get(iso2, {}))
        variants = [n for n in english.get(iso2, []) if "(" not in n and n != "Congo" and n != "Palestinian Territories"]
        names = [row["name"]] + split(row["names"]) + official + variants
        rows.append({
            **row,
            "names": join(with_plain(names)),
            "demonyms": demonyms(row["demonyms"]),
            "adjectives": join(with_plain(split(row["adjectives"]))),
            "capital_names": join(with_plain([row["capital"]] + split(row["capital_names"]))) if row["capital"] else "",
            "metonyms": join(with_plain(split(row["metonyms"]))),
            "names_es": join(with_plain(n.split(" (")[0] for n in spanish.get(iso2, []))),
            "source": "general-knowledge;cldr-48.2.0" + (";factbook-2026" if official else ""),
        })
    rows.sort(key=lambda row: row["id"])
    write_table(ENTITIES / "countries.tsv", COUNTRY_COLUMNS, rows,
                "Countries as PLOVER counts them. id: ISO alpha-3 (Kosovo KOS). Made by data-build/build.py; do not edit here.")
    return {row["id"]: row for row in rows}


def small_tables():
    """Dependencies, partially recognised states and former states: curated rows with unaccented forms added."""
    dependencies = read_table(CURATED / "dependencies.curated.tsv")
    for row in list(dependencies):
        if plain(row["name"]) != row["name"]:
            dependencies.append({**row, "name": plain(row["name"])})
    unique = {row["name"]: row for row in dependencies}
    rows = [{**unique[name], "source": "general-knowledge"} for name in sorted(unique)]
    write_table(ENTITIES / "dependencies.tsv", ["name", "owner", "kind", "source"], rows,
                "Territories that PLOVER folds into their owner, constituent countries, and regions news names like countries.")
    rows = [{**row, "sector": "PRE", "source": "general-knowledge"}
            for row in sorted(read_table(CURATED / "unrecognised.curated.tsv"), key=lambda row: row["name"])]
    write_table(ENTITIES / "unrecognised.tsv", ["name", "sovereign", "names", "demonyms", "sector", "source"], rows,
                "Partially recognised entities: PLOVER gives them to the nominal sovereign with sector PRE.")
    rows = [{**row, "source": "general-knowledge"}
            for row in sorted(read_table(CURATED / "former.curated.tsv"), key=lambda row: row["name"])]
    write_table(ENTITIES / "former.tsv", ["name", "successor", "end", "names", "demonyms", "adjectives", "source"], rows,
                "Former states and former names. end: last day (or year) of the name; later texts mean history.")
