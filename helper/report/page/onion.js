// SPDX-License-Identifier: GPL-2.0-only
// One packet on its way: what each layer adds on each link, and who can read it there.
"use strict";

const LAYER_COLOURS = { Ethernet: 7, PPPoE: 3, "HDLC-like framing": 7, "PPP of the link": 7, UDP: 5,
  L2TP: 0, PPP: 1, data: 6, TCP: 4, ICMP: 4, IPv4: 2, IPv6: 2 };

/** What somebody on a link sees. */
function readable(hop) {
  const names = hop.layers.map(([name]) => name);
  const tunnel = names.indexOf("L2TP");
  const inner = hop.layers.slice(tunnel + 1).find(([name]) => name.startsWith("IP"));
  const outer = hop.layers.find(([name]) => name.startsWith("IP"));
  if (tunnel < 0) {
    return outer ? `the addresses (${outer[2]}) and the user's data, as they are` : "all of it";
  }
  return `not only the outer addresses (${outer[2]}), but also the tunnel and session ` +
    `(${hop.layers[tunnel][2]}), the inner addresses${inner ? ` (${inner[2]})` : ""} and the user's data: ` +
    "L2TP hides nothing (RFC 2661, section 9)";
}

/** Who is on a link, in words. */
function company(hop) {
  const MAX = 6;
  const names = hop.on.map(nodeName);
  return names.length > MAX ? `${names.slice(0, MAX).join(", ")} and ${names.length - MAX} more` : names.join(", ");
}

/** What was readable beside data, by the messages that were seen. */
function secrets() {
  const notes = [];
  const has = (part) => run.messages.some((message) => message.name.includes(part));
  if (has("PAP Authenticate-Request")) {
    notes.push("PAP: name and password went through the tunnel in the clear (RFC 1334, section 2).");
  }
  if (has("CHAP Response")) {
    notes.push("CHAP: the password was never sent; who read challenge and response can try passwords " +
      "against them, as fast as they like (RFC 1994, section 2.3).");
  }
  if (run.strings.some((text) => text.startsWith("hidden (RFC 2661"))) {
    notes.push("AVPs were hidden with the tunnel's secret (RFC 2661, section 4.3); the secret can be " +
      "guessed from them.");
  }
  return notes;
}

function showOnion() {
  const place = byId("onion-layers");
  const { onion } = run;
  if (!onion) {
    place.replaceChildren(element("p", {}, "No packet went through PPP."));
    return;
  }
  place.replaceChildren(element("p", {}, `A packet of ${onion.octets} octets that ${nodeName(onion.from)} ` +
    `sends through PPP${onion.to === null ? ", and that is lost on the way" : ` to ${nodeName(onion.to)}`}, ` +
    "with all that each layer adds to it on each link. The lower bar is to scale."));
  for (const hop of onion.hops) {
    const boxes = hop.layers.map(([name, octets, what, reference]) => {
      const box = element("div", { class: `f${LAYER_COLOURS[name] ?? 7}`,
        title: [what, reference].filter(Boolean).join("\n") },
      element("b", {}, name), `${octets} octet${octets === 1 ? "" : "s"}`);
      box.style.flexGrow = octets;
      return box;
    });
    const bars = hop.layers.map(([name, octets]) => {
      const bar = element("i", { class: `f${LAYER_COLOURS[name] ?? 7}` });
      bar.style.flexGrow = octets;
      return bar;
    });
    const added = hop.octets - onion.octets;
    place.append(element("div", { class: "hop" },
      element("h3", {}, `${nodeName(hop.from)} to ${company(hop)}, at ${seconds(hop.t)} s: ${hop.octets} octets, ` +
        `${added} added (${(100 * added / hop.octets).toFixed(1)} %)`),
      element("div", { class: "layers" }, ...boxes),
      element("div", { class: "bar", "aria-hidden": "true" }, ...bars),
      element("div", {}, `Whoever is on this link reads ${readable(hop)}.`)));
  }
  const notes = secrets();
  if (notes.length) {
    place.append(element("h3", {}, "Beside data"),
      element("ul", {}, ...notes.map((note) => element("li", {}, note))));
  }
}
