// SPDX-License-Identifier: GPL-2.0-only
// Curves over time: control channels, and data messages. uPlot draws them.
"use strict";

const charts = [];

/** A colour of the page's style. */
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/** Series with times of their own, as columns of one table. A value holds until the next. */
function together(series, end) {
  const times = [...new Set(series.flatMap(({ t }) => t)), end].sort((a, b) => a - b)
    .filter((time, index, all) => time !== all[index - 1]);
  return [times.map((time) => time / 1e9), ...series.map(({ t, v, isPoints }) => {
    const values = [];
    let next = 0;
    for (const time of times) {
      let found = isPoints ? null : values.at(-1) ?? null;
      while (next < t.length && t[next] <= time) {
        found = isPoints && t[next] < time ? found : v[next];
        ++next;
      }
      values.push(found);
    }
    return values;
  })];
}

/** The data of a chart as words. */
function chartWords(title, names, columns) {
  const parts = names.map((name, index) => {
    const values = columns[index + 1].filter((value) => value !== null);
    const size = (number) => Number(number.toPrecision(4));
    return values.length ? `${name}: from ${size(Math.min(...values))} to ${size(Math.max(...values))}, ` +
      `at last ${size(values.at(-1))}` : `${name}: nothing`;
  });
  return `${title}. ${parts.join("; ")}.`;
}

/** The data of a chart as a table, made when it is opened. */
function chartTable(names, columns) {
  const MAX = 200;
  const details = element("details", {}, element("summary", {}, "as a table"));
  details.addEventListener("toggle", () => {
    if (details.open && details.childElementCount === 1) {
      const rows = columns[0].slice(0, MAX).map((_, index) => columns.map((column) => column[index]));
      const heads = ["time/s", ...names];
      details.append(element("div", { class: "scroll" }, table(heads.map((head, index) =>
        ({ head, number: true, of: (cells) => cells[index] === null ? "" : Number(cells[index].toPrecision(7)) })),
      rows)));
      if (columns[0].length > MAX) {
        details.append(element("p", { class: "note" }, `The first ${MAX} of ${columns[0].length} rows.`));
      }
    }
  });
  return details;
}

/** Draw a chart. A line is {name, colour, points, step}. */
function chart(place, title, unit, lines, columns) {
  const names = lines.map((line) => line.name);
  const holder = element("div", { class: "chart" });
  const canvas = element("div", { role: "img", "aria-label": chartWords(title, names, columns) });
  holder.append(canvas, chartTable(names, columns));
  place.append(holder);
  const draw = () => {
    const axis = { stroke: colour("soft"), grid: { stroke: colour("line"), width: 1 },
      ticks: { stroke: colour("line") } };
    return new uPlot({
      title, width: canvas.clientWidth || 600, height: 230,
      cursor: { sync: { key: "time" } },
      scales: { x: { time: false } },
      axes: [{ ...axis, label: "time/s", labelSize: 18, labelFont: "12px sans-serif" },
        { ...axis, label: unit, labelSize: 18, labelFont: "12px sans-serif", size: 60 }],
      series: [{ label: "time/s" }, ...lines.map((line) => ({
        label: line.name, stroke: colour(line.colour), width: 1.5, spanGaps: !line.points,
        paths: line.points ? () => null : line.step ? uPlot.paths.stepped({ align: 1 }) : uPlot.paths.linear(),
        points: { show: Boolean(line.points), size: 8, fill: colour(line.colour) },
      }))],
    }, columns, canvas);
  };
  const entry = { canvas, draw, plot: draw() };
  charts.push(entry);
  return entry;
}

/** Draw all anew, in the colours of now. */
function redrawCharts() {
  for (const entry of charts.filter(({ canvas }) => canvas.isConnected)) {
    entry.plot.destroy();
    entry.plot = entry.draw();
  }
}

function showChannel() {
  const place = byId("channel-charts");
  const channel = run.channels[Number(byId("channel-choice").value)];
  place.replaceChildren(element("p", { class: "note" }, "Drag over a chart to look closer; a double " +
    "click shows all again. The legend tells the values under the pointer."));
  if (!channel) {
    place.append(element("p", {}, "No control channel was seen."));
    return;
  }
  const s = channel.series;
  // A channel is quiet most of the time: the picture ends a little after its last event.
  const last = Math.max(0, ...Object.values(s).flatMap(({ t }) => t));
  const end = Math.min(run.end_ns, last * 1.02 + 1e8);
  const points = { ...s.Retransmissions, isPoints: true };
  chart(place, "Sequence numbers", "Ns, Nr",
    [{ name: "Ns of the next message", colour: "l2tp", step: true },
      { name: "Nr: expected next", colour: "ppp", step: true },
      { name: "sent again", colour: "lost", points: true }],
    together([s.Ns, s.Nr, points], end));
  chart(place, "Congestion window, and messages in flight", "messages",
    [{ name: "congestion window", colour: "l2tp", step: true },
      { name: "slow start threshold", colour: "pppoe", step: true },
      { name: "in flight", colour: "ppp", step: true }],
    together([s.CongestionWindow, s.SlowStartThreshold, s.InFlight], end));
  chart(place, "Retransmission time-out", "seconds",
    [{ name: "time-out", colour: "radius", step: true }],
    together([s.RetransmissionInterval], end));
  if (Object.values(s).some(({ thinned }) => thinned)) {
    place.append(element("p", { class: "note" },
      "There were more changes than are kept: every second one of an earlier part is left out."));
  }
}

function showChannels() {
  fill(byId("channel-choice"), run.channels.map((channel, index) =>
    [index, `${nodeName(channel.node)} in tunnel ${tunnelName(channel.tunnel)}`]));
  const ends = run.tunnels.flatMap(({ ends: both }) => both.filter(Boolean)).length;
  if (ends > run.channels.length) {
    byId("channels").append(element("p", { class: "note" },
      `The control channels of the first ${run.channels.length} of ${ends} tunnels' ends are kept.`));
  }
  byId("channel-choice").addEventListener("change", showChannel);
  showChannel();
}

const SPAN = { sent: 0, arrived: 1, received: 2, octets: 3, reordered: 4, delay: 5, maxDelay: 6 };

function showStream() {
  const place = byId("data-charts");
  const stream = run.data.streams[Number(byId("data-choice").value)];
  place.replaceChildren();
  if (!stream) {
    byId("data-totals").textContent = "No data message was seen.";
    return;
  }
  const { spans } = stream;
  const width = run.data.span_ns;
  const sum = (what) => spans.reduce((all, span) => all + span[SPAN[what]], 0);
  const most = Math.max(0, ...spans.map((span) => span[SPAN.maxDelay]));
  const received = sum("received");
  byId("data-totals").textContent = `${grouped(sum("sent"))} sent, ${grouped(received)} received, ` +
    `${grouped(sum("sent") - received)} lost, ${grouped(sum("reordered"))} overtaken by later ones, ` +
    `${grouped(sum("octets"))} octets of PPP received; delay ` +
    `${received ? (sum("delay") / received / 1e6).toFixed(2) : "–"} ms on the average, ` +
    `${(most / 1e6).toFixed(2)} ms at most. A point is ${width / 1e6} ms.`;
  const times = spans.map((_, index) => (index + .5) * width / 1e9);
  const of = (function_) => spans.map((span) => function_((what) => span[SPAN[what]]));
  chart(place, "Throughput", "kbit/s", [{ name: "PPP's octets", colour: "l2tp" }],
    [times, of((get) => get("octets") * 8 / width * 1e6)]);
  chart(place, "Delay", "ms",
    [{ name: "mean", colour: "ppp" }, { name: "most", colour: "again" }],
    [times, of((get) => get("received") ? get("delay") / get("received") / 1e6 : null),
      of((get) => get("received") ? get("maxDelay") / 1e6 : null)]);
  chart(place, "Loss and reordering", "messages",
    [{ name: "lost of those sent then", colour: "lost" }, { name: "overtaken", colour: "pppoe" }],
    [times, of((get) => get("sent") - get("arrived")), of((get) => get("reordered"))]);
}

function showData() {
  fill(byId("data-choice"), run.data.streams.map((stream, index) => [index, stream.session < 0
    ? "all other sessions" : `from ${nodeName(stream.from)}, session ${sessionName(stream.session)}`]));
  byId("data-choice").addEventListener("change", showStream);
  showStream();
}
