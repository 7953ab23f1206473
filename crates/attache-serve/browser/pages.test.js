// The pages of `attache serve --demo` as people use them, in Debian's Chromium: every page in both languages,
// both themes, wide and narrow; every click path; the keyboard. `cargo xtask browser-test` runs it.
//
// ATTACHE names the program, CHROMIUM the browser, SHOTS the folder for screenshots.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const SHOTS = process.env.SHOTS ?? "shots";
const RELATION = "/relation?a=COL&b=USA";
const MAP_DATA = ["/static/countries.json", "/static/codes.json"];
const HEAVIEST = 400_000; // bytes of a page without map data

let server, browser, origin;

before(async () => {
  mkdirSync(SHOTS, { recursive: true });
  server = spawn(process.env.ATTACHE ?? "attache", ["serve", "--demo", "--listen", "127.0.0.1:0"], { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  origin = await new Promise((found, lost) => {
    server.stderr.on("data", (words) => {
      const address = /http:\/\/[\d.:]+/.exec(said += words);
      if (address) found(address[0]);
    });
    server.on("exit", (code) => lost(new Error(`the server ended with ${code}: ${said}`)));
  });
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
});

after(async () => {
  await browser?.close();
  server?.kill();
});

// A page of its own, watched: nothing may fail, complain, or be asked of anybody but the server.
async function open(path, { theme = "light", width = 1280, lang = "en-GB", scripts = true } = {}) {
  const context = await browser.newContext({
    colorScheme: theme, locale: lang, viewport: { width, height: 900 }, javaScriptEnabled: scripts, acceptDownloads: true, reducedMotion: "reduce",
  });
  const page = await context.newPage();
  const wrong = [];
  const bodies = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && wrong.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => wrong.push(`script: ${error.message}`));
  page.on("request", (request) => /^(data|blob):/.test(request.url()) || request.url().startsWith(origin + "/") || wrong.push(`asked elsewhere: ${request.url()}`));
  // A request that was under way when the page was left (the icon, mostly) ends as aborted: nothing is wrong with it.
  page.on("requestfailed", (request) => {
    const error = request.failure()?.errorText;
    if (error !== "net::ERR_ABORTED") wrong.push(`failed: ${request.url()} ${error}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) wrong.push(`${response.status()}: ${response.url()}`);
    bodies.push(response.body().then((body) => [new URL(response.url()).pathname, body.length], () => ["", 0]));
  });
  await page.goto(origin + path, { waitUntil: "networkidle" });
  return { page, wrong, bodies, close: () => context.close() };
}

// Runs a click path and sees to it that nothing went wrong on the way.
async function walk(path, steps, options) {
  const visit = await open(path, options);
  await steps(visit.page);
  assert.deepEqual(visit.wrong, []);
  await visit.close();
}

const number = async (page, selector) => Number(await page.locator(selector).first().textContent());

// Does what leads to another address, and waits until that has settled.
async function follow(page, act) {
  const before = page.url();
  await act();
  await page.waitForURL((url) => url.href !== before);
  await page.waitForLoadState("networkidle");
}
const query = (page) => new URL(page.url()).searchParams;

// The addresses of every page: of the event that was told most often, its story, a person, a country.
async function addresses() {
  const { events } = await (await fetch(`${origin}/api/events?a=COL&b=USA&limit=500`)).json();
  const [{ event, story, mentions }] = events.sort((one, two) => two.mentions.length - one.mentions.length);
  assert.ok(event.id && story > 0 && mentions.length > 1);
  return [
    ["world", "/"],
    ["relation", RELATION],
    ["alone", "/relation?a=COL"],
    ["event", `/event/${event.id}`],
    ["story", `/story/${story}`],
    ["entity", "/entity?id=p.COL.gustavo-petro"],
    ["country", "/entity?id=COL"],
    ["search", "/search?q=tariff"],
    ["compare", "/compare?a=COL&b=USA&c=IRN&d=SAU"],
  ];
}

test("every page: both languages, both themes, wide and narrow", async (t) => {
  for (const [name, path] of await addresses()) {
    for (const [theme, width, lang] of [["light", 1280, "en-GB"], ["dark", 1280, "es-CO"], ["light", 360, "es-CO"], ["dark", 360, "en-GB"]]) {
      await t.test(`${name}, ${theme}, ${width} px, ${lang}`, async (t) => {
        const { page, wrong, bodies, close } = await open(path, { theme, width, lang });
        assert.equal(await page.locator("html").getAttribute("lang"), lang.slice(0, 2));
        assert.equal(await page.locator("h1").count(), 1);

        const room = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
        assert.ok(room[0] <= room[1], `${room[0]} px wide on ${room[1]}`);

        const found = await page.evaluate(`${AXE}; axe.run()`);
        const grave = found.violations.filter((one) => ["serious", "critical"].includes(one.impact));
        assert.deepEqual(grave.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" | ")}`), []);
        if (found.violations.length) t.diagnostic(`axe, minor: ${found.violations.map((one) => one.id)}`);

        const weight = (await Promise.all(bodies)).filter(([address]) => !MAP_DATA.includes(address)).reduce((sum, [, bytes]) => sum + bytes, 0);
        assert.ok(weight > 1_000 && weight < HEAVIEST, `${weight} bytes`);
        t.diagnostic(`${Math.round(weight / 1000)} kB`);

        await page.screenshot({ path: `${SHOTS}/${name}-${theme}-${width}.png`, fullPage: true });
        assert.deepEqual(wrong, []);
        await close();
      });
    }
  }
});

test("from the world to the words behind an event, and to all who told it", () => walk("/", async (page) => {
  await page.locator("main input[name=a]").fill("COL");
  await page.locator("main input[name=b]").fill("USA");
  await follow(page, () => page.locator("main form[action='/relation'] button").click());
  assert.match(await page.locator("h1").textContent(), /Colombia – United States/);
  assert.ok(await number(page, "#counted") > 50);

  await follow(page, () => page.locator("ol.events li p.line a").first().click());
  for (const part of ["actor", "trigger", "recipient"]) {
    assert.ok(await page.locator(`article.text mark.${part}`).count() > 0, part);
  }
  const sentence = await page.locator("article.text .sentence, article.text mark").first().textContent();
  assert.ok(sentence.trim().length > 0);
  assert.ok(await page.locator("section[aria-labelledby=why] li").count() > 0);
  assert.ok(await page.locator("section[aria-labelledby=revisions] tbody tr").count() > 0);

  await follow(page, () => page.locator("dl.facts a[href^='/story/']").click());
  const version = page.locator("article.version").first();
  assert.match(await version.textContent(), /Demo (Wire|Morning Post|Observer|Gazette)/);
  await version.locator("summary").click();
  assert.ok((await version.locator("details p").first().textContent()).length > 40);

  await follow(page, () => page.locator("ol.events li p.line a").first().click());
  await follow(page, () => page.locator("dl.facts a[href^='/entity']").first().click());
  assert.equal(new URL(page.url()).pathname, "/entity");
  assert.ok(await page.locator("ol.events li").count() > 0);
}));

test("the map and the matrix lead to relations", () => walk("/", async (page) => {
  assert.match(await page.locator("p.notice").textContent(), /demo/);
  assert.ok(await page.locator("#world-map svg path.tie").count() >= 6);
  await follow(page, () => page.locator(".matrix a.cell").first().click());
  assert.equal(new URL(page.url()).pathname, "/relation");
  await page.goBack();
  await follow(page, () => page.locator("#pairs tbody a").first().click());
  assert.ok(await number(page, "#counted") > 0);
  await page.goBack({ waitUntil: "networkidle" });
  await page.locator("#world-map a").first().focus();
  await follow(page, () => page.keyboard.press("Enter"));
  assert.equal(new URL(page.url()).pathname, "/entity");
}));

test("dragging across the timeline makes every number of that period", () => walk(RELATION, async (page) => {
  const all = await number(page, "#counted");
  const box = await page.locator("#plot .u-over").boundingBox();
  await page.mouse.move(box.x + box.width * 0.3, box.y + 50);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.6, box.y + 60, { steps: 5 });
  await page.mouse.up();
  await page.waitForURL(/from=20/);
  await page.waitForLoadState("networkidle");
  const part = await number(page, "#counted");
  assert.ok(0 < part && part < all, `${part} of ${all}`);
  const [from, to] = [query(page).get("from"), query(page).get("to")];
  const days = await page.locator("ol.events time").evaluateAll((times) => times.map((time) => time.dateTime));
  assert.ok(days.length > 0 && days.every((day) => from <= day && day <= to), `${days} in ${from}…${to}`);

  const brief = await (await fetch(`${origin}/api/relation?${query(page)}`)).json();
  assert.equal(brief.standing.joint.events, part);
  await page.keyboard.press("Escape");
  await page.waitForURL((url) => !url.searchParams.get("from"));
  assert.equal(await number(page, "#counted"), all);
}));

test("filters leave what they say, and a download is what is on screen", () => walk(RELATION, async (page) => {
  await page.selectOption("select[name=quad]", "4");
  await follow(page, () => page.locator("form[action='/relation#events'] button").click());
  const scores = await page.locator("ol.events .score").allTextContents();
  assert.ok(scores.length > 0 && scores.every((score) => Number(score) < 0), scores.join(" "));

  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#download + ul a", { hasText: "CSV" }).nth(1).click()]);
  const rows = readFileSync(await download.path(), "utf8").split("\r\n").slice(1).filter(Boolean);
  const shown = await page.locator("section[aria-labelledby=events] > p.soft").textContent();
  assert.equal(Number(/\/ (\d+)/.exec(shown)[1]), rows.length);

  await follow(page, () => page.locator("section[aria-labelledby=publishers] tbody a").first().click());
  const paper = query(page).get("publisher");
  const told = await page.locator("ol.events li > p.soft").allTextContents();
  assert.ok(told.length > 0 && told.every((line) => line.includes(paper)), paper);
}));

test("every download answers", () => walk(RELATION, async (page) => {
  const links = await page.locator("#download + ul a").evaluateAll((links) => links.map((link) => link.href));
  assert.ok(links.length >= 7);
  for (const link of links) {
    const answer = await fetch(link);
    assert.ok(answer.ok && (await answer.text()).length > 100, link);
  }
}));

test("pages of events can be turned", () => walk(RELATION, async (page) => {
  const first = await page.locator("ol.events li p.line a").first().getAttribute("href");
  await follow(page, () => page.locator("a[rel=next]").click());
  assert.notEqual(await page.locator("ol.events li p.line a").first().getAttribute("href"), first);
  await follow(page, () => page.locator("a[rel=prev]").click());
  assert.equal(await page.locator("ol.events li p.line a").first().getAttribute("href"), first);
}));

test("a permanent link shows the same", () => walk(RELATION, async (page) => {
  const counted = await number(page, "#counted");
  await follow(page, () => page.locator("footer a", { hasText: "Permanent link" }).click());
  assert.ok(Number(query(page).get("v")) > 0);
  assert.equal(await number(page, "#counted"), counted);
}));

test("two relations over the same days", () => walk("/compare", async (page) => {
  for (const [name, side] of [["a", "Colombia"], ["b", "USA"], ["c", "Iran"], ["d", "Saudi Arabia"]]) await page.fill(`main input[name=${name}]`, side);
  await follow(page, () => page.locator("#period button").click());
  assert.equal(await page.locator("main section").count(), 2);
  assert.equal(await page.locator(".plot .uplot").count(), 2);
  await follow(page, () => page.locator("main section h2 a").nth(1).click());
  assert.match(await page.locator("h1").textContent(), /Iran/);
}));

test("search finds words, people and countries", () => walk("/", async (page) => {
  await page.fill("#q", "Petro");
  await follow(page, () => page.keyboard.press("Enter"));
  assert.ok(await page.locator("ol.events li").count() > 0);
  await follow(page, () => page.locator("main section ul.inline a", { hasText: "Gustavo Petro" }).first().click());
  assert.match(await page.locator("h1").textContent(), /Petro/);
}));

test("the other language keeps the place", () => walk(RELATION, async (page) => {
  await follow(page, () => page.locator(".tools a").click());
  assert.equal(await page.locator("html").getAttribute("lang"), "es");
  assert.equal(query(page).get("a"), "COL");
  await follow(page, () => page.locator("ol.events li p.line a").first().click());
  assert.equal(await page.locator("html").getAttribute("lang"), "es");
}));

test("the keyboard goes everywhere", () => walk(RELATION, async (page) => {
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "content");

  const theme = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await theme();
  await page.keyboard.press("t");
  const dark = await theme();
  assert.notEqual(light, dark);
  await page.reload({ waitUntil: "networkidle" });
  assert.equal(await theme(), dark, "the choice stays");

  await page.locator("#plot .u-over").focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  assert.match(await page.locator("#plot [aria-live]").textContent(), /^\d{4}-\d\d-\d\d: [+−]/);

  await page.locator("h1").click();
  await page.keyboard.press("/");
  assert.equal(await page.evaluate(() => document.activeElement.id), "q");
  await page.keyboard.type("tariff");
  await follow(page, () => page.keyboard.press("Enter"));
  assert.equal(new URL(page.url()).pathname, "/search");
}));

test("everything is there without scripts", () => walk(RELATION, async (page) => {
  assert.ok(await number(page, "#counted") > 50);
  assert.equal(await page.locator("#plot svg.chart").count(), 1);
  await page.locator("details summary").first().click();
  assert.ok(await page.locator("#series tbody tr").count() > 40);
}, { scripts: false }));

test("wrong addresses are told, in the page's language", async () => {
  for (const path of ["/relation?a=NOBODY:XXX&b=USA", "/event/none", "/nowhere"]) {
    const { page, close } = await open(path, { lang: "es-CO" });
    assert.equal(await page.locator("html").getAttribute("lang"), "es");
    assert.match(await page.locator("h1").textContent(), /^4\d\d/);
    await close();
  }
});

test("the first view of a relation is quick", async (t) => {
  // Other periods than those above, so that no brief of theirs answers.
  const times = [];
  for (const day of ["2025-01-02", "2025-01-03", "2025-01-04", "2025-01-05", "2025-01-06"]) {
    const start = performance.now();
    await (await fetch(`${origin}${RELATION}&from=${day}`)).text();
    times.push(performance.now() - start);
  }
  const median = times.sort((a, b) => a - b)[2];
  t.diagnostic(`${median.toFixed(0)} ms`);
  assert.ok(median < 1_000, `${median} ms`); // 300 ms with a release build on an idle machine
});

test("the picture of the README", () => walk(RELATION, async (page) => {
  // docs/pictures/relation.png is this one: from the sides to the classes of events.
  await page.setViewportSize({ width: 1000, height: 900 });
  await page.waitForTimeout(300); // the chart takes its new width
  const end = await page.locator("section[aria-labelledby=timeline]").evaluate((box) => Math.ceil(box.getBoundingClientRect().bottom + scrollY));
  assert.ok(end > 300);
  await page.screenshot({ path: `${SHOTS}/readme-relation.png`, fullPage: true, clip: { x: 0, y: 0, width: 1000, height: end + 16 } });
}));
