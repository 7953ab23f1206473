"""Makes reports.jsonl: reports that tell the same story or only look as if they did.

Everything is invented here: the countries' people, towns, companies and sums. Run it with
`python3 cases/stories/make.py`; the same seed gives the same file.

A *mould* is one kind of story told twice in different words (`a`, `b`) with a title for each. A *story* is
a mould filled with facts. Each mould gives several stories, which are different events in the same words:
the hard negatives. Each story gives these reports:

  base        text a
  copy        text a under another headline, at another paper, sometimes with another line of credit
  truncation  the first part of text a
  update      text a with a changed figure, an added paragraph and another order
  rewrite     text b, by another paper, the same day or the next; every second one leaves a sentence out

One story of eight is a *sister* of the one before: the same two countries and persons some days later, in
other towns and with other figures. It is another story, and its event another event.

Fields: id, story, part (dev or test: thresholds were chosen on dev only), kind, title, text, published,
publisher, and the one event the story is about, as far as this report tells it.
"""

import json
import random
import sys
from datetime import date, timedelta
from pathlib import Path

HERE = Path(__file__).parent

SURNAMES = """Abrego Bastan Calloway Dornik Estrade Falkner Goraya Hadžić Ibarne Jurado Kestrel Lomax Mirren
Nakoda Orsini Paredes Quillon Rastov Sandoval Tressel Umeh Valtierra Wendorf Xhaka Yilmaz Zubiri Amsel Brandeis
Corvo Dalca Ekwueme Fonseca Grieve Halloran Ivanek Jessop Karlsen Lindqvist Mbeki Norwood Okafor Pellini Renart
Solberg Tavares Ulanov Vrbova Whitlock Yarrow Zelaya""".split()
FIRST = """Ana Boris Carla Dmitri Elena Farid Greta Hugo Ines Jonas Katya Luis Mara Nils Olga Pavel Rosa Samir
Tina Umar Vera Walid Ximena Yusuf Zora Andres Bianca Celia""".split()
TOWNS = """Alcora Brezno Cantal Dolmar Esteli Farrow Gandia Harlan Ibera Jalapa Kovel Lomza Marburg Nerja
Oruro Pasto Quilca Ronda Salto Tarma Uvira Vigo Wexford Yumbo Zadar Arica Bolama Cobija Durango Elche""".split()
COUNTRIES = [
    ("Norway", "NOR", "Norwegian"), ("Ghana", "GHA", "Ghanaian"), ("Peru", "PER", "Peruvian"),
    ("Kenya", "KEN", "Kenyan"), ("Chile", "CHL", "Chilean"), ("Turkey", "TUR", "Turkish"),
    ("Poland", "POL", "Polish"), ("Vietnam", "VNM", "Vietnamese"), ("Morocco", "MAR", "Moroccan"),
    ("Bolivia", "BOL", "Bolivian"), ("Serbia", "SRB", "Serbian"), ("Jordan", "JOR", "Jordanian"),
    ("Portugal", "PRT", "Portuguese"), ("Nigeria", "NGA", "Nigerian"), ("Ecuador", "ECU", "Ecuadorean"),
    ("Latvia", "LVA", "Latvian"), ("Cuba", "CUB", "Cuban"), ("Thailand", "THA", "Thai"),
]
PAPERS = ["The Courier", "Harbour Post", "Daily Gazette", "National Wire", "The Ledger", "Valley Times", "El Faro"]
GOODS = ["grain", "copper", "salmon", "cement", "cotton", "timber", "beef", "steel", "coffee", "phosphate"]
HEADLINES = ["What we know so far", "World briefing", "Tensions and talks", "From our correspondents", "In brief"]

# type, title a, text a, title b, text b, update paragraph. {p}, {q} persons; {A}, {B} countries with {Aa},
# {Ba} their adjectives; {t}, {u} towns; {n}, {m} counts; {g} goods; {d} weekday.
MOULDS = [
    ("CONSULT", "{p} visits {B} for talks on {g}",
     "{Aa} Foreign Minister {p} arrived in {t} on {d} for two days of talks with {Ba} counterpart {q}. The ministers will discuss {g} exports worth {n} million dollars and the reopening of the border crossing at {u}. It is the first visit by a {Aa} foreign minister to {B} in {m} years. A joint statement is to be issued before the delegation leaves, and business leaders from both sides will hold a forum at the old customs house.",
     "{q} hosts {Aa} envoy in {t}",
     "After {m} years without such a visit, {q} of {B} welcomed {p} to {t} on {d}. On the table: {n} million dollars in {g} that {A} sells to its neighbour, and a frontier post at {u} that has been shut. Aides of both diplomats said a common declaration was being drafted while company heads from the two nations met at a separate gathering.",
     "Diplomats later said that a working group would meet again next month to settle the details of inspections."),
    ("SANCTION", "{A} freezes assets of {Ba} officials",
     "{A} imposed sanctions on {n} {Ba} officials on {d}, freezing their assets and barring them from entry, over the jailing of journalist {p}. The measures name the head of the prison service, {q}, and {m} judges of the court in {t}. {B} called the decision an insult to its courts and said it would answer in kind. Rights groups had asked for such steps since the trial ended.",
     "{B} vows reply over travel bans",
     "A list of {n} people in {B} can no longer travel to {A} or touch money held there. The penalty, announced on {d}, follows the imprisonment of reporter {p}; prison chief {q} is on it, as are {m} judges in {t}. Officials in {B} said they felt insulted and promised counter-measures, while campaigners who had lobbied for the step were pleased.",
     "The list was later extended by a state company that supplies the prisons, the treasury of {A} said."),
    ("AGREE", "{A} and {B} sign {g} deal",
     "{A} and {B} signed an agreement on {d} that cuts duties on {g} by {n} percent over {m} years. Trade ministers {p} and {q} put their names to the text at a ceremony in {t}. Farmers in the district of {u} protested against the accord, saying cheap imports would ruin them. The parliaments of both countries must still ratify it.",
     "Duties on {g} to fall after ceremony in {t}",
     "Tariffs on {g} traded between {A} and {B} will come down by {n} percent in the course of {m} years under a pact that {p} and {q} sealed in {t} on {d}. Lawmakers on either side have yet to approve it, and growers around {u} are angry because they fear a flood of low-priced goods.",
     "A clause published on the following morning lets either side suspend the cuts for one season."),
    ("ASSAULT", "Bomb kills {n} at market in {t}",
     "A bomb exploded at a crowded market in {t} on {d}, killing {n} people and wounding {m}, police chief {p} said. Nobody claimed the attack, but the authorities of {A} blamed a group led by {q} that has fought the army in the hills around {u}. Ambulances took the wounded to two hospitals, where doctors asked for blood. Shops in the centre stayed closed.",
     "{A}: {t} counts its dead after blast",
     "Hospitals in {t} appealed for blood donors after an explosion tore through market stalls on {d}. {p}, who heads the police there, put the toll at {n}, with {m} hurt. Suspicion fell on fighters of {q}, whose men have been clashing with soldiers near {u}; no one said they had done it. Traders in the middle of town kept their shutters down.",
     "The toll rose overnight as two of the wounded died, and a second device was found and made safe."),
    ("PROTEST", "Teachers march in {t} over pay",
     "About {n} teachers marched through {t} on {d} to demand that the government of {A} raise their pay by {m} percent. Union leader {p} told the crowd that schools would stay shut until Education Minister {q} came to the table. Police closed the bridge to {u} for three hours. There were no arrests, and the march ended with songs before the town hall.",
     "Schools shut as {p} leads walkout",
     "Classrooms across {t} were empty on {d}. Their teachers, {n} of them by the organisers' count, were walking behind {p} of the union, who wants {m} percent more in their pay packets and a meeting with {q}, the education minister of {A}. Traffic towards {u} stood still because the bridge was blocked; the day passed off peacefully.",
     "The ministry said in the evening that it would name a mediator, which the union welcomed with caution."),
    ("AID", "{A} sends flood relief to {B}",
     "{A} sent {n} tonnes of food and {m} doctors to {B} on {d} after floods drove families from their homes in {t}. The first plane landed at {u}, where Relief Minister {p} thanked the {Aa} people. {q}, who leads the medical team, said that clean water was the greatest need. More flights are planned as long as the roads are under water.",
     "Doctors from {A} reach flooded {t}",
     "Clean water is what the flooded district of {t} needs most, according to {q}, at the head of {m} physicians who came from {A} on {d}. They flew into {u} with {n} tonnes of provisions. {p}, in charge of relief in {B}, expressed gratitude. With highways still submerged, the airlift is to go on.",
     "By evening the water had begun to fall, and engineers opened one lane of the coastal road."),
    ("ACCUSE", "{A} accuses {B} of shelling border village",
     "{A} accused {B} on {d} of firing {n} shells at the village of {t} and of damaging {m} houses. Defence Minister {p} called it a breach of the truce signed at {u}. {q}, a spokesman for the {Ba} army, denied it and said that the explosions were an accident in a quarry. Observers were on their way to see the craters.",
     "Truce in doubt after blasts in {t}",
     "Was it a quarry accident or artillery? {p} is certain: the defence minister of {A} says {n} rounds came over from {B} and hit {m} homes in {t} on {d}, against the terms agreed in {u}. An army voice on the other side, {q}, rejects this. Monitors travelled to the spot to examine the holes.",
     "The observers said they had collected fragments which would be sent to a laboratory."),
    ("COERCE", "Police in {t} arrest {n} at opposition rally",
     "Police in {t} arrested {n} supporters of opposition leader {p} on {d} and used water cannon to clear the square. {m} people were treated for bruises. The interior minister of {A}, {q}, said that the rally had not been permitted. Lawyers waited before the police station on {u} Street through the night. The party called for a new rally on Sunday.",
     "Water cannon against crowd of {p}'s party",
     "Followers of {p} were driven off the main square of {t} with jets of water on {d}; {n} were taken away in vans and {m} came off with bruises. {q}, at the interior ministry of {A}, argued that nobody had given leave for the gathering. Attorneys kept vigil on {u} Street, and the movement plans to be back on Sunday.",
     "Most of those held were let go in the morning, one of the lawyers said; five stayed in custody."),
    ("COOPERATE", "{Aa} and {Ba} navies start exercise",
     "Ships of the {Aa} and {Ba} navies began a joint exercise off {t} on {d}, with {n} sailors and {m} vessels. Admiral {p} said that they would train to rescue crews and to stop smugglers of {g}. His {Ba} colleague {q} called it the largest exercise of the two fleets so far. It ends with a parade in the harbour of {u}.",
     "Fleets train together off {t}",
     "Rescue at sea and the hunt for {g} smugglers are on the programme of a drill that {m} ships of {A} and {B} opened near {t} on {d}. Never before have the two fleets put so much afloat, {q} remarked; {p} counted {n} seamen. Spectators can see them parade at {u} when it is over.",
     "Bad weather delayed the first day, and the landing at the beach was put off until the wind dropped."),
    ("REJECT", "{B} rejects {Aa} plan for river dam",
     "{B} rejected on {d} a plan by {A} to build a dam at {t} that would hold {n} million cubic metres and light {m} towns. Water Minister {p} said that farms below {u} would dry out. {q}, who speaks for the {Aa} builders, offered to lower the wall but not to move it. The two countries have quarrelled over the river for a generation.",
     "No to the dam, says {p}",
     "Fields downstream of {u} would turn to dust: with that argument {p} turned down the wall that {A} wants to raise across the river at {t}. The reservoir of {n} million cubic metres was to give power to {m} towns. On behalf of the constructors, {q} said on {d} that it could be lower, though not elsewhere. {B} has fought over this water for decades.",
     "A commission of engineers from both countries is to look at a lower wall before the rains."),
    ("THREATEN", "{A} threatens to close {g} route to {B}",
     "{A} threatened on {d} to close the road through {t} to {Ba} trucks unless {B} pays a debt of {n} million dollars for {g}. Transport Minister {p} set a deadline of {m} days. {q} of the {Ba} chamber of commerce said that the sum was disputed and that the drivers should not suffer. Some {u} hauliers have already sent their trucks another way.",
     "{m} days to pay or the road shuts",
     "Lorries from {B} may soon be turned back at {t}. {p} gave {B} {m} days on {d} to settle {n} million dollars which {A} says it is owed for {g}. The figure is contested, {q} replied for the merchants, pleading that drivers be spared. Firms from {u} are not waiting and take the longer way round.",
     "A first part of the money was put on an account held by a third bank, the chamber said on the next day."),
    ("RETREAT", "{A} withdraws troops from {t}",
     "{A} withdrew {n} soldiers from the hills above {t} on {d} under a deal with rebels of {q}. General {p} said that {m} posts had been handed to a force of neighbours. Villagers from {u} lined the road as the trucks rolled by. The rebels are to lay down heavy weapons within a month, and prisoners will be exchanged at a school.",
     "Trucks roll as army leaves hills",
     "People of {u} stood along the roadside on {d} and watched the army go. As the pact with {q}'s insurgents foresees, {n} troops of {A} left the heights over {t}; neighbours took over {m} positions, according to {p}, a general. Captives are to be swapped at a schoolhouse and the insurgents have a month to give up their big guns.",
     "The exchange of prisoners began at dawn; the first eleven men crossed on foot."),
]


def fill(words, facts):
    return words.format(**facts)


def sister(mould, rng, facts, event, day):
    """The same countries and persons on another day, elsewhere, about something else."""
    day += timedelta(days=rng.choice([2, 3]))
    t, u = rng.sample([town for town in TOWNS if town not in (facts["t"], facts["u"])], 2)
    facts = {**facts, "t": t, "u": u, "n": rng.randrange(12, 900), "m": rng.randrange(3, 60),
             "g": rng.choice(GOODS), "d": day.strftime("%A")}
    return facts, {**event, "date": day.isoformat(), "city": t}, day


def story(mould, rng, start):
    kind = mould[0]
    (a, a_code, a_adj), (b, b_code, b_adj) = rng.sample(COUNTRIES, 2)
    t, u = rng.sample(TOWNS, 2)
    people = [f"{rng.choice(FIRST)} {name}" for name in rng.sample(SURNAMES, 2)]
    day = start + timedelta(days=rng.randrange(0, 10))
    facts = {
        "A": a, "Aa": a_adj, "B": b, "Ba": b_adj, "t": t, "u": u, "p": people[0], "q": people[1],
        "n": rng.randrange(12, 900), "m": rng.randrange(3, 60), "g": rng.choice(GOODS), "d": day.strftime("%A"),
    }
    one_country = kind in ("ASSAULT", "PROTEST", "COERCE", "RETREAT")
    event = {"type": kind, "actor": a_code, "recipient": a_code if one_country else b_code, "date": day.isoformat(),
             "city": t, "persons": people}
    if kind == "REJECT":
        event["actor"], event["recipient"] = b_code, a_code
    return facts, event, day


def reports(number, mould, rng, made, part):
    kind, title_a, text_a, title_b, text_b, more = mould
    facts, event, day = made
    a, b = fill(text_a, facts), fill(text_b, facts)
    sentences = a.split(". ")
    papers = rng.sample(PAPERS, 5)

    def report(kind, title, text, paper, days=0, **told):
        return {"id": f"s{number:03}-{kind}", "story": number, "part": part, "kind": kind, "title": title, "text": text,
                "published": (day + timedelta(days=days)).isoformat(), "publisher": paper, "event": {**event, **told}}

    yield report("base", fill(title_a, facts), a, papers[0])
    credit = rng.choice(["", f" ({papers[0]})", " Additional reporting by our staff."])
    yield report("copy", rng.choice(HEADLINES), a + credit, papers[1], rng.choice([0, 0, 1]))
    keep = rng.choice([2, 3]) if len(sentences) > 3 else 2
    cut = ". ".join(sentences[:keep]) + rng.choice([".", ". ...", ". Read more"])
    yield report("truncation", fill(title_a, facts), cut, papers[2], rng.choice([0, 1]), city=None)
    grown = dict(facts, n=facts["n"] + rng.randrange(1, 9))
    text = fill(text_a, grown).split(". ")
    # The last sentence moves up, and the news comes first.
    text = [fill(more, facts).rstrip("."), *text[:2], text[-1].rstrip("."), *text[2:-1]]
    yield report("update", "Update: " + fill(title_a, facts), ". ".join(text) + ".", papers[0], rng.choice([0, 1]))
    # A retelling may name no persons in the sentence of its event, or give the day as the next.
    told = rng.choice([{}, {"persons": []}, {"date": (day + timedelta(days=1)).isoformat()}])
    told_b = b.split(". ")
    if number % 2:
        del told_b[rng.randrange(1, len(told_b))]
    b = ". ".join(told_b).rstrip(".") + "."
    yield report("rewrite", fill(title_b, facts), b, papers[3], rng.choice([0, 1]), **told)


def main():
    rng = random.Random(20261124)
    number = 0
    with open(HERE / "reports.jsonl", "w", encoding="utf-8") as out:
        before = {}
        for round_ in range(8):
            # All moulds within ten days of each other: nothing is told apart by its date alone.
            start = date(2026, 3, 2) + timedelta(days=11 * (round_ // 4))
            for index, mould in enumerate(MOULDS):
                number += 1
                # Whole moulds are dev or test, so that no wording that thresholds were chosen on is scored.
                part = "dev" if index % 2 == 0 else "test"
                made = sister(mould, rng, *before[index]) if round_ == 3 else story(mould, rng, start)
                before[index] = made
                for report in reports(number, mould, rng, made, part):
                    out.write(json.dumps(report, ensure_ascii=False) + "\n")
    print(f"{number} stories", file=sys.stderr)


if __name__ == "__main__":
    main()
