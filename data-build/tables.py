"""Tab-separated tables as the project keeps them: UTF-8, one header line, `#` comments, no quoting."""

import unicodedata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CURATED = Path(__file__).resolve().parent / "curated"
ENTITIES = ROOT / "data" / "entities"
PLACES = ROOT / "data" / "places"


def read_table(path):
    """Rows of a table as dictionaries; missing trailing cells read as empty."""
    header, rows = None, []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if header is None:
            header = cells
            continue
        if len(cells) > len(header):
            raise ValueError(f"{path.name}:{number}: {len(cells)} cells under {len(header)} headings")
        cells += [""] * (len(header) - len(cells))
        rows.append(dict(zip(header, cells)))
    return rows


def write_table(path, header, rows, comment):
    """Writes rows (dictionaries or sequences) under `header`; `comment` lines come first."""
    lines = ["# " + line for line in comment.strip().split("\n")]
    lines.append("\t".join(header))
    for row in rows:
        cells = [row.get(column, "") for column in header] if isinstance(row, dict) else row
        cells = [" ".join(str(cell).split()) for cell in cells]
        lines.append("\t".join(cells))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{path.relative_to(ROOT)}: {len(rows)} rows, {path.stat().st_size} bytes")


# Letters that Unicode does not decompose, as English papers print them.
PLAIN = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss", "æ": "ae",
                       "Æ": "Ae", "œ": "oe", "þ": "th", "Þ": "Th", "ð": "d", "ə": "e", "Ə": "E", "’": "'", "‘": "'",
                       "ʻ": "'", "ʼ": "'", "`": "'"})


def plain(text):
    """`text` without diacritics: Bogotá gives Bogota, Łódź gives Lodz."""
    text = unicodedata.normalize("NFD", text.translate(PLAIN))
    return unicodedata.normalize("NFC", "".join(c for c in text if not unicodedata.combining(c)))


def split(cell, separator="|"):
    return [part.strip() for part in cell.split(separator) if part.strip()]


def join(names, separator="|"):
    """Names joined in their order, each once."""
    return separator.join(dict.fromkeys(name.strip() for name in names if name.strip()))


def with_plain(names):
    """Each name followed by its form without diacritics, where that differs."""
    out = []
    for name in names:
        out += [name, plain(name)]
    return list(dict.fromkeys(out))


def slug(name):
    """Lower-case ASCII words joined by hyphens, for ids: `Gustavo Petro` gives `gustavo-petro`."""
    kept = "".join(c if c.isalnum() else " " for c in plain(name).lower().replace("'", ""))
    return "-".join(kept.split())
