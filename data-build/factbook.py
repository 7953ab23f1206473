"""The two World Factbook snapshots (US public domain): country files keyed by ISO alpha-2, cells as plain text."""

import html
import json
import re
from pathlib import Path

# Factbook (FIPS 10-4) file names whose letters differ from ISO 3166 are matched by country name instead of by table.
FIPS_TO_ISO2 = """
aa AW|ac AG|ae AE|af AF|ag DZ|aj AZ|al AL|am AM|an AD|ao AO|aq AS|ar AR|as AU|au AT|av AI|ay AQ|ba BH|bb BB|bc BW|bd BM
be BE|bf BS|bg BD|bh BZ|bk BA|bl BO|bm MM|bn BJ|bo BY|bp SB|br BR|bt BT|bu BG|bx BN|by BI|ca CA|cb KH|cd TD|ce LK|cf CG
cg CD|ch CN|ci CL|cm CM|cn KM|co COL|cs CR|ct CF|cu CU|cv CV|cw CK|cy CY|da DK|dj DJ|do DM|dr DO|ec EC|eg EG|ei IE|ek GQ
en EE|er ER|es SV|et ET|ez CZ|fi FI|fj FJ|fm FM|fr FR|ga GM|gb GA|gg GE|gh GH|gj GD|gm DE|gr GR|gt GT|gv GN|gy GY|ha HT
hk HK|ho HN|hr HR|hu HU|ic IS|id ID|in IN|ir IR|is IL|it IT|iv CI|iz IQ|ja JP|jm JM|jo JO|ke KE|kg KG|kn KP|kr KI|ks KR
ku KW|kv XK|kz KZ|la LA|le LB|lg LV|lh LT|li LR|lo SK|ls LI|lt LS|lu LU|ly LY|ma MG|mc MO|md MD|mg MN|mi MW|mj ME|mk MK
ml ML|mn MC|mo MA|mp MU|mr MR|mt MT|mu OM|mv MV|mx MX|my MY|mz MZ|ng NE|nh VU|ni NG|nl NL|no NO|np NP|nr NR|ns SR|nu NI
nz NZ|od SS|pa PY|pe PE|pk PK|pl PL|pm PA|po PT|pp PG|ps PW|pu GW|qa QA|ri RS|rm MH|ro RO|rp PH|rs RU|rw RW|sa SA|sc KN
se SC|sf ZA|sg SN|si SI|sl SL|sm SM|sn SG|so SO|sp ES|st LC|su SD|sw SE|sy SY|sz CH|td TT|th TH|ti TJ|tn TO|to TG|tp ST
ts TN|tt TL|tu TR|tv TV|tw TW|tx TM|tz TZ|ug UG|uk GB|up UA|us US|uv BF|uy UY|uz UZ|vc VC|ve VE|vm VN|vt VA|wa NA|we PS
ws WS|wz SZ|ym YE|za ZM|zi ZW
""".replace("co COL", "co CO")
ISO2 = dict(pair.split() for line in FIPS_TO_ISO2.split("\n") for pair in line.split("|") if pair)


def load(folder):
    """All country files below `folder`: FIPS code to parsed JSON."""
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(Path(folder).rglob("??.json"))}


def by_country(files):
    """The same keyed by ISO alpha-2; dependencies and pages about regions fall out."""
    return {ISO2[code]: page for code, page in files.items() if code in ISO2}


def plain_text(page, *keys):
    """The text below a path of headings, markup removed and entities resolved; empty when there is none."""
    for key in keys:
        page = page.get(key, {}) if isinstance(page, dict) else {}
    text = page.get("text", "") if isinstance(page, dict) else str(page)
    text = re.sub(r"<br\s*/?>", "\n", text)
    return html.unescape(re.sub(r"<[^>]+>", "", text)).replace("\xa0", " ").strip()
