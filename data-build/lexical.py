"""Offices and agents: common nouns that tell a sector, with their plurals written out."""

from tables import CURATED, ENTITIES, join, read_table, split, write_table

COLLECTIVE = ("police", "media", "press", "clergy", "staff", "artillery", "infantry", "mujahideen", "law enforcement")


def plural(noun):
    """The regular plural of the last word; nouns that are plural already (`troops`, `marine corps`) keep their form."""
    if noun.endswith(COLLECTIVE) or (noun.endswith("s") and not noun.endswith("ss")):
        return noun
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        return noun + "es"
    return noun + "s"


def sectors(first, others):
    return join([first] + split(others, "+"), ";")


def offices():
    rows = []
    for row in read_table(CURATED / "offices.curated.tsv"):
        rows.append({**row, "titles": join(split(row["titles"])), "sectors": sectors(row["sector"], row["sectors"]),
                     "source": "general-knowledge"})
    rows.sort(key=lambda row: row["office"])
    write_table(ENTITIES / "offices.tsv", ["office", "titles", "sector", "sectors", "head", "holders", "source"], rows,
                "Offices and the titles English gives them. head: state|government|none. holders: one, few or many at a time\n"
                "in a country (only `one` makes overlapping terms an error). Titles shared by two offices mean the first fitting row.")
    return {row["office"]: row for row in rows}


def agents():
    rows = {}
    for group in read_table(CURATED / "agents.curated.tsv"):
        for noun in split(group["nouns"]):
            singular, _, irregular = noun.partition("/")
            if singular in rows:
                print(f"agents: {singular} listed twice")
                continue
            rows[singular] = {"noun": singular, "plural": irregular or plural(singular), "sector": group["sector"],
                              "sectors": sectors(group["sector"], group["sectors"]), "kind": group["kind"],
                              "note": group["note"]}
    out = [rows[noun] for noun in sorted(rows)]
    write_table(ENTITIES / "agents.tsv", ["noun", "plural", "sector", "sectors", "kind", "note"], out,
                "Common nouns and the PLOVER sector they give their bearer. kind: person|group|institution. plural is always\n"
                "written out. NGO, IGO and MNC are PLOVER's international codes and stand in the country's place.")
    return rows
