// The directed timeline to zoom and read values from, in the place of the server's picture.
"use strict";
(() => {
  const time = (day) => Date.parse(day + "T00:00:00Z") / 1000;
  const day = (seconds) => new Date(seconds * 1000).toISOString().slice(0, 10);
  const signed = (value) => value == null ? "–" : (value >= 0 ? "+" : "−") + Math.abs(value).toFixed(1);

  // Zooming is asking for another period, so that every number on the page is of what is shown.
  const period = (from, to) => {
    const form = document.getElementById("period");
    form.elements.from.value = from;
    form.elements.to.value = to;
    form.requestSubmit();
  };

  const draw = (box, series) => {
    const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    const pale = (hex) => hex + "2b";
    const last = series.start.length - 1;
    const data = [
      series.start.map(time),
      series.out.index, series.out.high, series.out.low,
      series.back.index, series.back.high, series.back.low,
      series.events,
    ];
    // Last day of a period: the day before the next.
    const end = (at) => at < last ? day(data[0][at + 1] - 86_400) : series.to;
    const [out, back] = [colour("--out"), colour("--back")];
    // The edges of an interval bound its band; the legend tells them beside the index (app.css hides their own entries).
    const edge = { stroke: "transparent", points: { show: false } };
    const told = (band) => (_, v, __, at) => v == null ? "–" : `${signed(v)} [${signed(band.low[at])} … ${signed(band.high[at])}]`;
    const other = box.dataset.b || "*";
    const turns = (plot) => {
      const context = plot.ctx;
      context.save();
      context.strokeStyle = context.fillStyle = colour("--soft");
      context.setLineDash([4, 6]);
      series.turns.forEach((turn, number) => {
        const x = plot.valToPos(time(turn), "x", true);
        context.beginPath();
        context.moveTo(x, plot.bbox.top);
        context.lineTo(x, plot.bbox.top + plot.bbox.height);
        context.stroke();
        context.fillText(String(number + 1), x + 4, plot.bbox.top + 14 * devicePixelRatio);
      });
      context.restore();
    };
    const axis = { stroke: colour("--soft"), grid: { stroke: colour("--grid"), width: 1 }, ticks: { stroke: colour("--grid"), width: 1 } };
    let picked = false;
    const options = {
      width: box.clientWidth, height: 300,
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
      cursor: { drag: { x: true, y: false, setScale: false } },
      scales: { n: { range: (_, low, high) => [0, Math.max(4, high * 4)] } },
      axes: [{ ...axis }, { ...axis, size: 56 }],
      series: [
        { label: box.dataset.date, value: (_, v) => v == null ? "–" : day(v) },
        { label: `${box.dataset.a} → ${other}`, stroke: out, width: 2, value: told(series.out), points: { show: false } }, edge, edge,
        { label: `${other} → ${box.dataset.a}`, stroke: back, width: 2, dash: [7, 4], value: told(series.back), points: { show: false } }, edge, edge,
        { label: box.dataset.events, scale: "n", stroke: "transparent", fill: pale(colour("--soft")), paths: uPlot.paths.bars({ size: [0.8, 40] }), points: { show: false }, value: (_, v) => v == null ? "–" : String(v) },
      ],
      bands: [{ series: [2, 3], fill: pale(out) }, { series: [5, 6], fill: pale(back) }],
      hooks: {
        draw: [turns],
        setSelect: [(plot) => {
          if (plot.select.width < 8 || picked) return;
          picked = true;
          const from = plot.posToIdx(plot.select.left), to = plot.posToIdx(plot.select.left + plot.select.width);
          period(series.start[from], end(to));
        }],
      },
    };
    box.replaceChildren();
    const plot = new uPlot(options, data, box);
    plot.over.tabIndex = 0;
    plot.over.setAttribute("role", "application");
    plot.over.setAttribute("aria-label", `${box.dataset.a} – ${other}`);
    const said = document.createElement("p");
    said.className = "hidden";
    said.setAttribute("aria-live", "polite");
    box.append(said);
    let at = last;
    plot.over.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10, Home: -1e6, End: 1e6 }[event.key];
      if (!step) return;
      event.preventDefault();
      at = Math.min(last, Math.max(0, at + step));
      plot.setCursor({ left: plot.valToPos(data[0][at], "x"), top: 10 });
      said.textContent = `${series.start[at]}: ${signed(series.out.index[at])}, ${signed(series.back.index[at])}, ${series.events[at]}`;
    });
    plot.over.addEventListener("dblclick", () => document.getElementById("all")?.click());
    return plot;
  };

  for (const box of document.querySelectorAll(".plot[data-series]")) {
    const picture = box.firstElementChild;
    fetch(box.dataset.series)
      .then((answer) => answer.ok ? answer.json() : Promise.reject(answer.status))
      .then((series) => {
        if (series.start.length < 2) return;
        let plot = draw(box, series);
        const again = () => { plot.destroy(); plot = draw(box, series); };
        document.addEventListener("themed", again);
        matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
        new ResizeObserver(() => plot.setSize({ width: box.clientWidth, height: 300 })).observe(box);
        addEventListener("beforeprint", () => { plot.destroy(); box.replaceChildren(picture); });
        addEventListener("afterprint", () => { plot = draw(box, series); });
      })
      .catch(() => { /* the server's picture stays */ });
  }
})();
