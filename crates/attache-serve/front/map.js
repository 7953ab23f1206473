// Maps over the shapes of countries: who moves with whom, and the places of a relation.
"use strict";
(() => {
  const SPACE = "http://www.w3.org/2000/svg";
  const make = (name, attributes, parent) => {
    const element = document.createElementNS(SPACE, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    parent?.append(element);
    return element;
  };
  const title = (element, words) => { make("title", {}, element).textContent = words; };
  const WIDTH = 960, HEIGHT = 430;
  const point = ([lon, lat]) => [(lon + 180) / 360 * WIDTH, (84 - lat) / 142 * HEIGHT];
  const rings = (shape) => shape.type === "Polygon" ? [shape.coordinates] : shape.type === "MultiPolygon" ? shape.coordinates : [];
  const path = (shape) => rings(shape).flat().map((ring) => {
    let last = null;
    return ring.map((place) => {
      const jump = last !== null && Math.abs(place[0] - last) > 180; // across the date line
      const start = last === null || jump;
      last = place[0];
      return (start ? "M" : "L") + point(place).map((value) => value.toFixed(1)).join(" ");
    }).join("") + "Z";
  }).join("");
  const size = (ring) => Math.abs(ring.reduce((sum, [x, y], i) => { const [u, v] = ring[(i + 1) % ring.length]; return sum + x * v - u * y; }, 0));
  // The middle of the largest part, by area; a ring across the date line is unrolled first.
  const centre = (shape) => {
    const unrolled = (ring) => {
      const across = ring.some((place) => place[0] > 150) && ring.some((place) => place[0] < -150);
      return across ? ring.map(([lon, lat]) => [lon < 0 ? lon + 360 : lon, lat]) : ring;
    };
    const ring = rings(shape).map((polygon) => unrolled(polygon[0])).sort((a, b) => size(b) - size(a))[0] || [[0, 0]];
    let [area, x, y] = [0, 0, 0];
    ring.forEach(([lon, lat], i) => {
      const [lon2, lat2] = ring[(i + 1) % ring.length], cross = lon * lat2 - lon2 * lat;
      area += cross; x += (lon + lon2) * cross; y += (lat + lat2) * cross;
    });
    return area === 0 ? ring[0] : [x / (3 * area), y / (3 * area)];
  };
  const language = document.querySelector("form.search input[name=lang]")?.value;
  const to = (page, pairs) => page + "?" + new URLSearchParams(language ? { ...pairs, lang: language } : pairs);
  const feeling = (mean) => mean < 0 ? "conf" : "coop";

  const frame = (words, box) => {
    const svg = make("svg", { viewBox: box || `0 0 ${WIDTH} ${HEIGHT}`, role: "group", "aria-label": words });
    return svg;
  };

  const world = (box, countries) => {
    const rows = [...document.querySelectorAll("#pairs tbody tr")];
    const svg = frame(box.closest("section").querySelector("h2").textContent);
    const shown = new Set(rows.flatMap((row) => [row.dataset.a, row.dataset.b]));
    for (const country of countries) {
      let parent = svg;
      if (shown.has(country.code)) {
        parent = make("a", { href: to("/entity", { id: country.code }), "aria-label": country.name }, svg);
        title(parent, country.name);
      }
      make("path", { class: "land", d: country.path }, parent);
    }
    const centres = new Map(countries.map((country) => [country.code, point(country.centre)]));
    const most = Math.max(...rows.map((row) => Number(row.dataset.events)), 1);
    for (const row of rows.reverse()) {
      const [a, b] = [centres.get(row.dataset.a), centres.get(row.dataset.b)];
      if (!a || !b) continue;
      const [x, y] = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2 - Math.hypot(a[0] - b[0], a[1] - b[1]) / 5];
      const tie = make("path", {
        class: `tie ${feeling(Number(row.dataset.mean))}`, "stroke-width": (1 + 4 * Math.sqrt(row.dataset.events / most)).toFixed(1), "stroke-opacity": "0.75",
        d: `M${a.map((v) => v.toFixed(1)).join(" ")}Q${x.toFixed(1)} ${y.toFixed(1)} ${b.map((v) => v.toFixed(1)).join(" ")}`,
      }, svg);
      title(tie, `${row.querySelector("a").textContent}: ${row.dataset.events}`);
    }
    box.replaceChildren(svg);
  };

  const places = (box, countries) => {
    const rows = [...document.querySelectorAll("#place-list li[data-lat]")];
    if (rows.length === 0) return;
    const points = rows.map((row) => point([Number(row.dataset.lon), Number(row.dataset.lat)]));
    const [xs, ys] = [points.map((p) => p[0]), points.map((p) => p[1])];
    const room = 50;
    let [left, right] = [Math.min(...xs) - room, Math.max(...xs) + room], [top, bottom] = [Math.min(...ys) - room, Math.max(...ys) + room];
    const height = Math.max(bottom - top, (right - left) * 0.4), width = Math.max(right - left, height * 1.6);
    left -= (width - (right - left)) / 2; top -= (height - (bottom - top)) / 2;
    const svg = frame(box.closest("section").querySelector("h2").textContent, `${left.toFixed(1)} ${top.toFixed(1)} ${width.toFixed(1)} ${height.toFixed(1)}`);
    for (const country of countries) make("path", { class: "land", d: country.path }, svg);
    const most = Math.max(...rows.map((row) => Number(row.dataset.events)), 1), scale = width / WIDTH;
    rows.forEach((row, number) => {
      const dot = make("circle", {
        class: `dot ${feeling(Number(row.dataset.mean))}`, "fill-opacity": "0.7", cx: points[number][0].toFixed(1), cy: points[number][1].toFixed(1),
        r: (scale * (4 + 12 * Math.sqrt(row.dataset.events / most))).toFixed(2),
      }, svg);
      title(dot, `${row.dataset.name}: ${row.dataset.events}`);
      if (number < 8) {
        const label = make("text", { x: (points[number][0] + 14 * scale).toFixed(1), y: points[number][1].toFixed(1), "font-size": (14 * scale).toFixed(2) }, svg);
        label.style.fontSize = `${14 * scale}px`;
        label.textContent = row.dataset.name;
      }
    });
    box.replaceChildren(svg);
  };

  const boxes = document.querySelectorAll(".map");
  if (boxes.length === 0) return;
  const json = (address) => fetch(address).then((answer) => answer.ok ? answer.json() : Promise.reject(answer.status));
  Promise.all([json("/static/countries.json"), json("/static/codes.json")]).then(([topology, codes]) => {
    const alpha3 = new Map(codes.map(([, code, number]) => [number, code]));
    const countries = topojson.feature(topology, topology.objects.countries).features.map((one) => ({
      code: one.properties.name === "Kosovo" ? "KOS" : alpha3.get(one.id) || "", name: one.properties.name, path: path(one.geometry), centre: centre(one.geometry),
    }));
    for (const box of boxes) (box.dataset.kind === "world" ? world : places)(box, countries);
  }).catch(() => { /* tables say the same */ });
})();
