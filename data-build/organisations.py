"""Organisations: curated ones, and parties, legislatures, armed groups and memberships out of the Factbook."""

import re
from collections import Counter

from factbook import by_country, plain_text
from people import INTERNATIONAL
from tables import CURATED, ENTITIES, join, plain, read_table, slug, split, with_plain, write_table

COLUMNS = ["id", "name", "names", "country", "sector", "sectors", "members", "start", "end", "kind", "grade", "source"]


def memberships(pages, iso3):
    """Abbreviation of an organisation to its members. Observers and other lesser forms, in brackets, are left out."""
    members = {}
    for iso2, page in pages.items():
        if iso2 not in iso3:
            continue
        text = plain_text(page, "Government", "International organization participation").split("note")[0]
        for part in re.split(r",\s*(?![^()]*\))", text):
            if "(" not in part and part.strip():
                members.setdefault(part.strip(), []).append(iso3[iso2])
    # The snapshot still lists a member that left on 2020-01-31.
    members["EU"] = [country for country in members.get("EU", []) if country != "GBR"]
    return {key: sorted(set(countries)) for key, countries in members.items()}


def curated(members):
    rows = []
    for path in sorted(CURATED.glob("organisations-*.curated.tsv")):
        for row in read_table(path):
            named = row.get("members", "")
            source = "general-knowledge"
            if named.startswith("@"):
                listed = members.get(named[1:], [])
                if not listed:
                    print(f"organisations: {row['name']}: no members under {named[1:]}")
                source += ";factbook-2026"
            else:
                listed = split(named, "+")
            rows.append({**row, "names": join(with_plain([row["name"]] + split(row["names"]))), "members": join(listed, ";"),
                         "sectors": join([row["sector"]] + split(row["sectors"], "+"), ";"),
                         "grade": "general-knowledge", "source": source})
    return rows


def party_names(line):
    """Name and abbreviations of a Factbook line such as `Alternative Democratic Pole or PDA`; [] when it is no name."""
    line = re.sub(r"\[[^\]]*\]|\([^)]*\)", " ", line)
    line = re.split(r"[;:]| - |, and | includes? | formerly ", line)[0]
    parts = [" ".join(part.split()).strip(" ,.*\"“”") for part in re.split(r"\s+or\s+|\s+aka\s+", line)]
    parts = [part for part in parts if part]
    if not parts or len(parts[0]) > 70 or len(parts[0].split()) > 10 or not parts[0][0].isupper():
        return []
    if re.search(r"\b(none|note|parties|banned|elections?|independents?|candidates?|prohibited|members)\b", parts[0].lower()):
        return []
    if len(parts[0].split()) == 1:
        # A party called by one common word (Harmony, Horizons) is told from the word only by `party`.
        parts[0] += " party"
    # Two-letter abbreviations mean too many other things, and so does the one word of "Blue Party".
    return [part for i, part in enumerate(parts) if i == 0 or (len(part) > 2 and part not in parts[0].split())]


def parties(pages, iso3, known):
    """Parties of the 2026 snapshot that no curated row names."""
    rows = []
    for iso2, page in sorted(pages.items()):
        country = iso3.get(iso2)
        for line in plain_text(page, "Government", "Political parties").split("\n") if country else []:
            names = party_names(line)
            if not names or (len(names) == 1 and len(names[0].split()) == 1 and len(names[0]) < 4):
                continue
            if any((country, plain(name).lower()) in known for name in names):
                continue
            known.update((country, plain(name).lower()) for name in names)
            rows.append(row_of(names, country, "PTY", ["PTY"], "party"))
    return rows


def legislatures(pages, countries, known):
    """National legislatures under their own names and as `Colombian Congress`; bare English names are left to agents.tsv."""
    rows, bearers = [], Counter()
    for row in countries.values():
        adjective = split(row["adjectives"])
        legislature = plain_text(pages.get(row["iso2"], {}), "Government", "Legislative branch", "legislature name")
        match = re.match(r"([^(]+?)\s*(?:\(([^)]*)\))?$", legislature.split("\n")[0])
        if not match or not adjective or len(match[1]) > 50:
            continue
        english, local = match[1].split(" - ")[0].strip(), [n.strip(" -") for n in re.split(r" - |[,;/]| or ", match[2] or "")]
        own = [n for n in local if len(n) > 5 and plain(n).lower() != plain(english).lower() and n[0].isupper()]
        names = [f"{adjective[0]} {english}", f"{adjective[0]} parliament", f"{row['name']}'s parliament"] + own
        names = [n for n in names if (row["id"], plain(n).lower()) not in known]
        if names:
            known.update((row["id"], plain(name).lower()) for name in names)
            rows.append(row_of(names, row["id"], "LEG", ["LEG"], "parliament"))
            bearers.update(plain(name).lower() for name in names)
    for row in rows:
        row["names"] = join(name for name in split(row["names"]) if bearers[plain(name).lower()] == 1)
    return rows


def armed_groups(pages, iso3, known):
    """Groups the Factbook lists as terrorist, with the country they act in; IMG when they act in three or more."""
    seen = {}
    for iso2, page in sorted(pages.items()):
        country = iso3.get(iso2)
        text = plain_text(page, "Terrorism", "Terrorist group(s)").split("note")[0] if country else ""
        for part in text.split(";"):
            name = " ".join(re.sub(r"\([^)]*\)", " ", part).split()).strip(" .,–")
            short = re.findall(r"\(([A-Z][\w/ -]{2,14})\)", part)
            if len(name) > 4 and name[0].isupper():
                entry = seen.setdefault(name, (set(), []))
                entry[0].add(country)
                entry[1].extend(short)
    names_known = {name for _, name in known}
    rows = []
    for name, (countries, short) in sorted(seen.items()):
        names = list(dict.fromkeys([name] + short))
        if any(plain(n).lower() in names_known for n in names):
            continue
        country = "IMG" if len(countries) > 2 else sorted(countries)[0]
        rows.append({**row_of(names, country, "UAF", ["UAF", "REB"], "armed-group"), "members": ""})
    return rows


def row_of(names, country, sector, sectors, kind):
    return {"name": names[0], "names": join(with_plain(names)), "country": country, "sector": sector,
            "sectors": ";".join(sectors), "kind": kind, "grade": "public-domain", "source": "factbook-2026"}


def build(sources, countries):
    """Writes organisations.tsv. Returns its rows."""
    iso3 = {row["iso2"]: row["id"] for row in countries.values()}
    pages = by_country(sources.factbook_2026())
    everything = {**pages, **{code: page for code, page in sources.factbook_2026().items() if code == "ee"}}
    members = memberships(pages, iso3)
    rows = curated(members)
    known = {(row["country"], plain(name).lower()) for row in rows for name in split(row["names"])}
    rows += parties(everything, iso3, known) + legislatures(pages, countries, known) + armed_groups(pages, iso3, known)
    ids = {}
    for row in rows:
        base = f"o.{row['country'] if row['country'] not in INTERNATIONAL else 'INT'}.{slug(row['name'])}"
        ids[base] = ids.get(base, 0) + 1
        row["id"] = base if ids[base] == 1 else f"{base}-{ids[base]}"
    rows.sort(key=lambda row: row["id"])
    write_table(ENTITIES / "organisations.tsv", COLUMNS, rows,
                "Organisations. country: ISO alpha-3, or PLOVER's IGO, UNO, EUR, NGO, MNC, ISM, IMG. start, end: when the row holds, empty\n"
                "is unknown or ongoing. kind: igo|ministry|agency|armed-group|party|court|parliament|company|ngo|media|union|other.")
    return rows
