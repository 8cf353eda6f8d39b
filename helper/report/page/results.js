// SPDX-License-Identifier: GPL-2.0-only
// What the run has come to, as summary.json has it; configuration; how to do it again.
"use strict";

const MAX_CLIENTS = 200;

const total = (counts) => Object.values(counts).reduce((sum, count) => sum + count, 0);

function showResults() {
  const s = run.summary;
  byId("title").textContent = `L2TP run: ${run.scenario}`;
  document.title = `L2TP run: ${run.scenario}`;
  byId("subtitle").textContent =
    `ns-3 ${s.ns3_version}, run ${s.rng_run}, ${seconds(run.end_ns, 1)} s of simulated time`;
  const card = (name, value, kind = "") =>
    element("div", { class: `card ${kind}` }, element("b", {}, String(value)),
      element("span", {}, name));
  const cards = [];
  if (s.outcome) {
    cards.push(card("outcome", s.outcome, s.outcome === "complete" ? "good" : "bad"));
  }
  const outcomes = (o) => `${o.established} / ${o.failed} / ${o.cleared}`;
  cards.push(
    card("tunnels: up / failed / cleared", outcomes(s.tunnels)),
    card("sessions: up / failed / cleared", outcomes(s.sessions)),
    card("PPP: up / failed", `${s.ppp.up} / ${s.ppp.failed}`),
    card("control messages sent", grouped(s.control.sent)),
    card("sent again", grouped(s.control.retransmitted)),
    card("ZLBs sent", grouped(s.control.zlb)),
    card("received, duplicates", `${grouped(s.control.received)}, ${grouped(s.control.duplicates)}`),
    card("control dropped", grouped(total(s.control.dropped))),
    card("data messages: sent / received",
      `${grouped(s.data.tx_packets)} / ${grouped(s.data.rx_packets)}`),
    card("data dropped", grouped(total(s.data.dropped))),
    card("mean time to PPP", s.setup_time_s === null ? "never" : `${(s.setup_time_s * 1e3).toFixed(1)} ms`),
    card("goodput", `${(s.goodput_bps / 1e6).toFixed(2)} Mbit/s`));
  byId("cards").replaceChildren(...cards);
  byId("endpoints").replaceChildren(table([
    { head: "Endpoint", of: (e) => `${e.name} (${e.role})` },
    { head: "tunnels", number: true, of: (e) => grouped(e.tunnels.established) },
    { head: "sessions", number: true, of: (e) => grouped(e.sessions.established) },
    { head: "sent", number: true, of: (e) => grouped(e.control.sent) },
    { head: "sent again", number: true, of: (e) => grouped(e.control.retransmitted) },
    { head: "ZLB", number: true, of: (e) => grouped(e.control.zlb) },
    { head: "received", number: true, of: (e) => grouped(e.control.received) },
    { head: "duplicates", number: true, of: (e) => grouped(e.control.duplicates) },
    { head: "data sent", number: true, of: (e) => grouped(e.data.tx_packets) },
    { head: "data received", number: true, of: (e) => grouped(e.data.rx_packets) },
  ], s.endpoints.slice(0, MAX_CLIENTS), "What each end counted"));
  leftOut(byId("endpoints"), s.endpoints.length, "endpoints");
  if (s.clients.length > 0) {
    byId("clients").replaceChildren(table([
      { head: "Client", of: (c) => c.name },
      { head: "address", of: (c) => c.address ?? "none" },
      { head: "up after", number: true,
        of: (c) => c.setup_time_s === undefined ? "never" : `${(c.setup_time_s * 1e3).toFixed(1)} ms` },
      { head: "dialled", number: true, of: (c) => c.dials },
      { head: "came up", number: true, of: (c) => c.up },
      { head: "failed", number: true, of: (c) => c.failed },
      { head: "why the last call ended", of: (c) => c.last_reason },
    ], s.clients.slice(0, MAX_CLIENTS), "Who dialled"));
    leftOut(byId("clients"), s.clients.length, "clients");
  } else {
    byId("clients").remove();
  }
  byId("summary").textContent = JSON.stringify(s, null, 2);
}

/** Say what a table leaves out. */
function leftOut(place, count, what) {
  if (count > MAX_CLIENTS) {
    place.append(element("p", { class: "note" },
      `The first ${MAX_CLIENTS} of ${count} ${what}; summary.json has all.`));
  }
}

function showConfiguration() {
  const place = byId("objects");
  place.replaceChildren(element("p", { class: "note" },
    "Attributes that differ from their usual values stand first, in bold. Objects that are " +
    "configured alike are told of once."));
  for (const object of run.config) {
    const changed = object.attributes.filter((attribute) => attribute[2]);
    const usual = object.attributes.filter((attribute) => !attribute[2]);
    const more = object.count > object.nodes.length ? ` and ${object.count - object.nodes.length} more` : "";
    place.append(element("details", {},
      element("summary", {}, `${object.type.replace("ns3::", "")} of ${object.nodes.join(", ")}${more}`
        + (changed.length ? `: ${changed.length} changed` : "")),
      table([
        { head: "Attribute", of: (a) => element(a[2] ? "b" : "span", {}, a[0]) },
        { head: "value", of: (a) => a[1] },
        { head: "what it is", of: (a) => a[3] },
      ], [...changed, ...usual])));
  }
  if (run.config_left_out) {
    place.append(element("p", { class: "note" }, `${run.config_left_out} more are left out.`));
  }
}

/** A word as a shell takes it. */
const shellWord = (word) => /^[\w\-=.,/:+%@]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

function showCommands() {
  const words = run.arguments.filter((word) => !/^--Out\b/.test(word));
  const options = words.map((word) => ` ${shellWord(word)}`).join("");
  const inside = `l2tp-${run.scenario}${options}`;
  byId("commands").replaceChildren(
    element("p", {}, "On its own:"),
    element("pre", {}, `./l2tp run ${run.scenario}${options}`),
    element("p", {}, "Inside ns-3's source tree:"),
    element("pre", {}, `./ns3 run ${shellWord(inside)}`),
    element("p", { class: "note" }, `The run is number ${run.summary.rng_run}, of ns-3 ` +
      `${run.summary.ns3_version}: the same command gives the same packets, octet by octet. ` +
      "Another --RngRun is another sample of all that is random."));
}
