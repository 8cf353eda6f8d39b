// SPDX-License-Identifier: GPL-2.0-only
// The phases of PPP links over time (RFC 1661, section 3.2).
"use strict";

const MAX_LINKS = 40;

function showPhases() {
  const place = byId("ppp-phases");
  const range = Number(byId("ppp-range").value);
  const links = run.ppp.filter((link) => link.phases.length > 0);
  if (links.length === 0) {
    place.replaceChildren(element("p", {}, "No PPP link was seen."));
    return;
  }
  const rows = links.slice(0, MAX_LINKS).flatMap((link) => {
    const spans = link.phases.map(([time, phase], index) => {
      const [name, reason] = phase.split("\n");
      return { begin: time, end: link.phases[index + 1]?.[0] ?? run.end_ns, name, reason };
    }).filter((span) => span.begin < range && span.name !== "Dead");
    const words = spans.map((span) => `${seconds(span.begin, 3)} s ${span.name} (${span.reason})`).join(", ");
    const track = element("div", { class: "track", role: "img",
      "aria-label": `${nodeName(link.node)}: ${words}` });
    for (const span of spans) {
      const part = element("span", { class: `p-${span.name}`,
        title: `${span.name}: ${seconds(span.begin)} s to ${seconds(span.end)} s\n${span.reason}` }, span.name);
      part.style.left = `${100 * span.begin / range}%`;
      part.style.width = `${Math.max(.15, 100 * (Math.min(span.end, range) - span.begin) / range)}%`;
      track.append(part);
    }
    return [element("div", {}, `${nodeName(link.node)}`,
      element("div", { class: "note" }, link.device)), track];
  });
  const ticks = element("div", { class: "ticks" });
  for (let i = 0; i <= 4; ++i) {
    const tick = element("span", {}, `${Number((range * i / 4e9).toPrecision(3))} s`);
    tick.style.left = `${25 * i}%`;
    ticks.append(tick);
  }
  place.replaceChildren(element("div", { class: "phases" }, ...rows, element("span", {}), ticks));
  const hidden = links.length - MAX_LINKS + run.ppp_left_out;
  if (hidden > 0) {
    place.append(element("p", { class: "note" }, `${grouped(hidden)} more links are left out.`));
  }
}

function showPpp() {
  const ups = run.ppp.flatMap((link) => link.phases.filter(([, phase]) => phase.startsWith("Network"))
    .map(([time]) => time));
  const first = ups.length ? Math.min(...ups) * 1.3 : run.end_ns;
  const all = ups.length ? Math.max(...ups) * 1.1 : run.end_ns;
  const ends = run.ppp.flatMap((link) => link.phases.map(([time]) => time));
  const over = Math.min(run.end_ns, Math.max(1e9, ...ends) * 1.02);
  const ranges = [[over, `all, ${Number((over / 1e9).toPrecision(4))} s`],
    [first, `until the first network is up, ${Number((first / 1e9).toPrecision(3))} s`],
    [all, `until the last network is up, ${Number((all / 1e9).toPrecision(3))} s`]];
  fill(byId("ppp-range"), ranges.filter(([end], index) =>
    end > 0 && ranges.findIndex(([other]) => other === end) === index));
  byId("ppp-range").addEventListener("change", showPhases);
  showPhases();
}
