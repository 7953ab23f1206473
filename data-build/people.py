"""People in office: curated terms, confirmed and widened by the two Factbook snapshots."""

import re
from collections import Counter

from factbook import by_country, plain_text
from tables import CURATED, ENTITIES, join, plain, read_table, slug, split, with_plain, write_table

COLUMNS = ["person", "name", "names", "country", "office", "sector", "sectors", "party", "start", "end", "wikidata",
           "grade", "source", "posting", "body"]
SNAPSHOT_2015 = "2015-11"
INTERNATIONAL = {"IGO", "UNO", "EUR", "NGO", "MNC", "ISM", "IMG"}
HEADS = {"president", "prime-minister", "chancellor", "supreme-leader", "leader", "junta-leader", "crown-prince",
         "secretary-general", "igo-head", "foreign-minister", "secretary-of-state", "vice-president"}
FAMILY_NAME_FIRST = {"CHN", "KOR", "PRK"}
# Here the family name comes first where the given name is hyphenated or in two parts (Tung Chee-hwa, Lee Hsien Loong).
FAMILY_NAME_SOMETIMES_FIRST = {"TWN", "HKG", "SGP"}
# No family names as English papers use them, or never alone.
NO_FAMILY_NAME = {"KHM", "MMR", "VNM", "ETH", "ERI", "ISL"}
PARTICLES = {"de", "da", "do", "dos", "del", "della", "di", "du", "la", "le", "van", "von", "der", "den", "bin", "ben",
             "al", "el", "ter", "ten", "abu", "bar", "mac", "st."}
# Surnames too common, or too like a common word, a first name or a place, to stand alone for one person.
COMMON = set("""
kim lee li park singh khan wang zhang chen liu yang huang wu zhao zhou xu sun ma hu lin brown smith johnson jones clark
clarke white black green young king hill short rice cook day may major power gore baker ford hunt hague miller martin
martinez garcia gonzalez lopez rodriguez sanchez hernandez fernandez perez gomez diaz torres ramirez flores silva
santos costa moreno ali ahmed ahmad mohamed mohammed muhammad hassan hussein ibrahim abdullah omar osman saleh shah
sharma gandhi roy das kumar nguyen tran pham le vo evans thomas taylor wilson moore jackson harris lewis walker hall
allen wright scott adams nelson carter mitchell roberts turner phillips campbell parker edwards collins stewart morris
rogers reed morgan bell murphy bailey cooper richardson cox howard ward peterson gray james watson brooks kelly sanders
price bennett wood barnes ross henderson coleman jenkins perry powell long patterson hughes washington butler simmons
foster bryant alexander russell griffin hayes paul peter john george david michael daniel joseph francis henri philippe
guillaume beatrix pavel dan rau horn kern meri paz franco lagos frei leon peña arias castillo mesa duarte berger
lobo reina golding browne davis christie barrow granger young major hamilton austin england ireland jordan israel cuba
tang gross ban moon roh an park yoon noda meta bar turk man saw sam sol mas pun tan kan banks bass berry burns cannon
christian cleverly cotton craft drew english glass hammer holder key leaf lose nano north powers rose said sessions snow
stone store struck wine bishop prince sheikh mujahid sultan rosario palma valencia toledo warren serra trujillo jr kok doe
lima banda garland livingstone reno maldonado villavicencio wright mori hata sato
parts note way mark boys lion gold spring frank tanner mason crow champagne tory lake law dean story justice knight deal
pace barber meadows waters parson breed keys beer tone nova amour tax wells brink hills coats ridge stern hatch summers
delay boxer skate bells laurel junior dodge chalk mills stein fall barley arbour bird mosquito potter shaker grave slot
mane pique panic odor dote tory fudge mustard brewer weld espy cascos
close jack fan pan pony wan char lies royal street cable peach stirrup monks pierce top hart crane stock noble constant
innocent panting slim bridges birch knot gift low pope swing lime lute marker grant cousin card flake shorten peacock
bullock posse corona villa butt bout song gong roses coke martini camps won woo wee mat tiro beg baron sham lander
jackal mayor salami
""".split())
TITLES = re.compile(
    r"^(?:(?:Acting|Interim|Transitional|Transition|Caretaker|Co-|Federal|First|Second|Paramount|Supreme|Sovereign|Grand|Crown|Mother|Chief|"
    r"President|Prime|Ministers?|Premier|Chancellor|King|Queen|Emperor|Emir|Amir|Sultan|Pope|Duke|Prince|Ambassador|Leader|"
    r"Chairman|Chairperson|Chair|Head|State|Affairs|Commission|Council|Executive|Governor|General|Lt\.|Gen\.|Brig\.|Maj\.|Col\.|"
    r"Governor-General|Lieutenant|Sr\.|Snr\.|Colonel|Captain|Capt\.|Sir|Dame|Dr\.|Doctor|Mr\.|Marshal|Field|Sheikh|of|the|Government|"
    r"Sovereignty|Republic|Swiss|Confederation|Taoiseach|His|Her|Majesty|Excellency|HH|HRH|Designate|Vice|Deputy|Ayatollah|"
    r"Amb\.|Charge|d'Affaires|Special|Envoy|Presidential|Transitional|National|Army|Committee|Order|Eternal)\s+)+")
MONTHS = {name: number for number, name in enumerate(
    "January February March April May June July August September October November December".split(), 1)}


def date(text):
    """The Factbook's `7 August 2022`, `August 2022` or `2022` in ISO form; empty when it is none of these."""
    match = re.fullmatch(r"(?:(\d{1,2}) )?(?:([A-Z][a-z]+)\.? )?(\d{4})", text.strip())
    if not match or (match[2] and match[2] not in MONTHS):
        return ""
    day, month, year = match[1], match[2], match[3]
    return "-".join([year] + ([f"{MONTHS[month]:02}"] if month else []) + ([f"{int(day):02}"] if day and month else []))


def ordinary_case(token):
    """`GARCÍA-PEÑA` gives `García-Peña`, `SASSOU-Nguesso` gives `Sassou-Nguesso`; Roman numerals and initials stay."""
    if re.fullmatch(r"[IVX]+|([A-Z]\.)+", token):
        return token
    token = re.sub(r"^(Mc|Mac)([A-Z]{2,})", lambda m: m[1] + m[2].capitalize(), token)
    return re.sub(r"[^\W\d_]{2,}", lambda m: m[0].capitalize() if m[0].isupper() else m[0], token)


def person(text, western_order=False):
    """Full name and the short name news uses, of a Factbook entry such as `Gustavo Francisco PETRO Urrego`.

    `western_order`: English puts this country's family names last although the entry has them first.
    """
    tokens = [t for t in re.sub(r'"[^"]*"|“[^”]*”|\([^)]*\)|,.*', " ", text).split()]
    capital = [i for i, t in enumerate(tokens) if t.isupper() and len(t.strip(".-")) > 1 and not re.fullmatch(r"[IVX]+", t)]
    full = " ".join(ordinary_case(t) for t in tokens)
    if not capital or not tokens or tokens[0].endswith("."):
        return full, full
    first, last = capital[0], capital[0]
    while last + 1 in capital:
        last += 1
    while first > 1 and tokens[first - 1].lower() in PARTICLES:
        first -= 1
    if first == 0 and last + 2 == len(tokens) and western_order:
        return full, f"{ordinary_case(tokens[-1])} {ordinary_case(tokens[0])}"
    if first == 0:
        return full, full
    return full, " ".join(ordinary_case(t) for t in [tokens[0]] + tokens[first : last + 1])


def holders(text):
    """(title, text of the name, start) of each `Title NAME (since DATE)` in a Factbook cell, before any note."""
    text = re.split(r"\bnote\b", text)[0]
    for title_and_name, since in re.findall(r"([^;()\n]+?)\s*\(since ([^);]+)\)", text):
        words = title_and_name.strip()
        match = TITLES.match(words + " ")
        if not match or "vacant" in words:
            continue
        name = words[match.end() :].strip()
        if name and date(since):
            yield match[0].strip(), name, date(since)


def office_of(title):
    """Our office key of a Factbook title, or None where the title is not one of a head."""
    lowered = title.lower()
    for key, words in [("crown-prince", "crown prince"), ("vice-president", "vice president"), ("governor-general", "governor-general"),
                       ("governor-general", "governor general"), ("prime-minister", "prime minister"), ("prime-minister", "premier"), ("prime-minister", "council of ministers"),
                       ("chancellor", "chancellor"), ("president", "president"), ("king", "king"), ("queen", "queen"),
                       ("emperor", "emperor"), ("emir", "amir"), ("emir", "emir"), ("sultan", "sultan"), ("pope", "pope"),
                       ("grand-duke", "grand duke"), ("supreme-leader", "supreme leader"), ("prime-minister", "taoiseach")]:
        if words in lowered and "vice prem" not in lowered and "vice prime" not in lowered and "deputy" not in lowered:
            return key
    return None


def family_name(name, country):
    """The part of a name that stands for the person in later mentions."""
    tokens = re.sub(r",? (Jr|Sr)\.?$", "", name).split()
    if len(tokens) < 2 or re.fullmatch(r"[IVX]+", tokens[-1]):
        return ""
    if country in FAMILY_NAME_FIRST and len(tokens) in (2, 3):
        return tokens[0]
    if country in FAMILY_NAME_SOMETIMES_FIRST and ("-" in tokens[-1] or len(tokens) == 3):
        return tokens[0]
    first = len(tokens) - 1
    while first > 1 and tokens[first - 1].lower() in PARTICLES:
        first -= 1
    return " ".join(tokens[first:])


def alone(surname):
    """Forms of a surname that may stand alone: with and without articles and particles, common ones left out."""
    bare = re.sub(r"^(al|el|as|ash|an)-", "", surname, flags=re.IGNORECASE)
    while bare.split()[0].lower() in PARTICLES and len(bare.split()) > 1:
        bare = bare.split(" ", 1)[1]
    return [form for form in (surname, bare) if len(form) > 2 and any(c.isupper() for c in form)
            and plain(form).lower() not in COMMON]


def own_name(row):
    """The name itself, unless it is a bare first name (Francis, Hussein): those need their title, given in `names`."""
    bare = row["office"] in ("king", "queen", "pope", "emperor", "crown-prince", "grand-duke") and " " not in row["name"]
    return [] if bare and row["names"] else [row["name"]]


def curated():
    """Hand-written terms. A date that ends in `?` is marked uncertain; for international posts `party` names the body."""
    rows = []
    for path in sorted(CURATED.glob("people-*.curated.tsv")):
        for row in read_table(path):
            unsure = row["start"].endswith("?") or row["end"].endswith("?")
            row.update(start=row["start"].rstrip("?"), end=row["end"].rstrip("?"), grade="general-knowledge",
                       source="general-knowledge" + (";uncertain" if unsure else ""))
            if row["country"] in INTERNATIONAL:
                row.update(body=row["party"], party="")
            rows.append(row)
    return rows


def same_person(a, b, country):
    """Whether two spellings mean one person: equal family names, or most words shared."""
    left, right = set(slug(a).split("-")), set(slug(b).split("-"))
    family = slug(family_name(a, country))
    return (family and family == slug(family_name(b, country))) or len(left & right) >= min(2, len(left), len(right))


def same_words(full, names):
    """Whether one of `names`, of at least two words, has only words of `full`."""
    words = set(slug(full).split("-"))
    return any(len(slug(name).split("-")) > 1 and set(slug(name).split("-")) <= words for name in names)


def merge_snapshot(rows, pages, iso3, source, last_seen):
    """Adds a snapshot's heads: a curated term it confirms is marked, a missing one added. Disagreements are printed."""
    for iso2, page in sorted(pages.items()):
        country = iso3.get(iso2)
        if country is None:
            continue
        seen = set()
        for heading in ("chief of state", "head of government"):
            for title, words, start in holders(plain_text(page, "Government", "Executive branch", heading)):
                full, short = person(words, country == "JPN")
                office = office_of(title)
                if office is None or (office, full) in seen or office in ("governor-general",) and heading == "head of government":
                    continue
                seen.add((office, full))
                if office == "governor-general" and heading != "chief of state":
                    continue
                if (country, office) in (("HKG", "president"), ("VAT", "president")):
                    continue
                if country in ("CAN", "AUS", "NZL", "JAM", "BHS", "GRD", "LCA", "VCT", "ATG", "KNA", "BLZ", "PNG", "SLB", "TUV") and office in ("king", "queen"):
                    continue
                terms = [row for row in rows if row["country"] == country and row["office"] == office
                         and any(same_person(known, new, country) for known in [row["name"]] + split(row["names"])
                                 for new in (full, short))]
                # The Factbook dates some from a re-election or an appointment, and now and then mistypes a year.
                close = [row for row in terms if row["start"][4:] == start[4:] or int(row["start"][:4]) <= int(start[:4]) + 1
                         and (not row["end"] or row["end"] > (last_seen or "2026"))]
                if close:
                    row = close[-1]
                    row["names"] = join(split(row.get("names", "")) + [full])
                    if row["start"][4:7] == start[4:7]:
                        row["source"] += ";" + source
                        row["grade"] = "public-domain"
                    else:
                        print(f"{source}: {country} {office} {row['name']}: since {start}, curated {row['start']}")
                    continue
                clash = [row for row in rows if row["country"] == country and row["office"] == office
                         and row["start"] <= start and not row["end"]] if not last_seen else []
                for row in clash:
                    print(f"{source}: {country} {office}: {short} since {start}, curated still has {row['name']}")
                # The same person under another office keeps the name, and with it the id, of the curated row.
                known = [row["name"] for row in rows if row["country"] == country and
                         same_words(full, split(row["names"]) + [row["name"]])]
                short = known[0] if known else short
                rows.append({"name": short, "names": full if full != short else "", "country": country, "office": office,
                             "party": "", "start": start, "end": last_seen, "source": source, "grade": "public-domain"})


def envoys(rows, pages, iso3, source, last_seen):
    """Ambassadors to and from the United States, with the country they are posted to."""
    for iso2, page in sorted(pages.items()):
        country = iso3.get(iso2)
        if country is None or country == "USA":
            continue
        for heading, sender, host in (("Diplomatic representation in the US", country, "USA"),
                                      ("Diplomatic representation from the US", "USA", country)):
            for title, words, start in holders(plain_text(page, "Government", heading, "chief of mission")):
                if "ambassador" not in title.lower() or "charg" in title.lower():
                    continue
                full, short = person(words, sender == "JPN")
                if any(row["office"] == "ambassador" and row["country"] == sender and row["start"][:4] == start[:4]
                       and any(same_person(name, full, sender) for name in [row["name"]] + split(row.get("names", ""))
                               if " " in name) for row in rows):
                    continue
                # One who also held another office keeps that name, and with it the id.
                known = [row["name"] for row in rows if row["country"] == sender and
                         slug(row["name"]).split("-")[0] == slug(full).split("-")[0] and
                         same_words(full, split(row["names"]) + [row["name"]])]
                short = known[0] if known else short
                rows.append({"name": short, "names": full if full != short else "", "country": sender, "office": "ambassador",
                             "party": "", "start": start, "end": last_seen, "source": source, "grade": "public-domain",
                             "posting": host})


def build(sources, countries, offices):
    """Writes people.tsv. Returns its rows."""
    iso3 = {row["iso2"]: row["id"] for row in countries.values()}
    rows = curated()
    merge_snapshot(rows, by_country(sources.factbook_2026()), iso3, "factbook-2026", "")
    merge_snapshot(rows, by_country(sources.factbook_2015()), iso3, "factbook-2015", SNAPSHOT_2015)
    envoys(rows, by_country(sources.factbook_2026()), iso3, "factbook-2026", "")
    envoys(rows, by_country(sources.factbook_2015()), iso3, "factbook-2015", SNAPSHOT_2015)
    national = {slug(row["name"]): row["country"] for row in rows if row["country"] not in INTERNATIONAL}
    for row in rows:  # one id also for those who only held posts of several organisations
        national.setdefault(slug(row["name"]), row["country"])
    surnames = Counter()
    for name, country in {(row["name"], row["country"]) for row in rows}:
        surnames[plain(family_name(name, country)).lower()] += 1
    taken = {plain(n).lower() for row in countries.values() for n in split(row["names"]) + split(row["capital_names"])}
    for row in rows:
        office = offices.get(row["office"])
        if office is None:
            raise ValueError(f"people: unknown office {row['office']} ({row['name']})")
        home = national.get(slug(row["name"]), row["country"]) if row["country"] in INTERNATIONAL else row["country"]
        surname = family_name(row["name"], row["country"])
        key = plain(surname).lower()
        short = []
        if surname and row["country"] not in NO_FAMILY_NAME and key not in COMMON | taken and (row["office"] in HEADS or surnames[key] == 1):
            short = alone(surname)
        sector = row.get("sector") or office["sector"]
        row.update(
            person=f"p.{home}.{slug(row['name'])}", sector=sector,
            sectors=office["sectors"] if sector == office["sector"] else sector,
            names=join(with_plain(own_name(row) + split(row.get("names", "")) + short)),
        )
    variants = {}
    for row in rows:
        variants.setdefault(row["person"], []).extend(split(row["names"]))
    for row in rows:
        row["names"] = join(variants[row["person"]])
    rows.sort(key=lambda row: (row["person"], row["start"], row["office"]))
    write_table(ENTITIES / "people.tsv", COLUMNS, rows,
                "One row a person and term of office. start, end: YYYY[-MM[-DD]]; an empty end is ongoing or unknown. grade: public-domain\n"
                "(a Factbook snapshot says it) or general-knowledge (to be checked). A row from factbook-2015 alone ends at that snapshot:\n"
                "last seen in office, not known to have left. posting: the country an ambassador is sent to; body: the organisation\nof an international post. `uncertain` in source: the date or the fact itself needs a second look.")
    return rows
