// SPDX-License-Identifier: GPL-2.0-only
// The octets of a message, coloured by field, and what each field says. The fields were found by
// the module's own parsers when the report was written; nothing is parsed here.
"use strict";

const COLOURS = 8;
const OCTETS_IN_LINE = 16;

/** The fields of a message that was kept with its octets. */
function fieldsOf(message) {
  const [hex, about, flat] = run.packets[message.packet];
  const fields = [];
  let whole = -1;
  for (let i = 0; i < flat.length; i += 6) {
    const [offset, size, depth, name, value, reference] = flat.slice(i, i + 6);
    whole += depth === 0 ? 1 : 0;
    fields.push({ offset, size, depth, whole, name: run.strings[name], value: run.strings[value],
      reference: run.strings[reference] });
  }
  return { octets: hex.match(/../g) ?? [], about: run.strings[about], fields };
}

/** What tells a message from others of its kind. */
const aboutOf = (message) => message.packet < 0 ? "" : run.strings[run.packets[message.packet][1]];

/** A message in one sentence: what a reader of the screen says. */
function inWords(message) {
  return `${seconds(message.sent)} s, ${nodeName(message.from)} to ${nodeName(message.to)}: ` +
    `${message.protocol} ${message.name}`
    + (message.protocol === "L2TP" ? `, Ns ${message.ns}, Nr ${message.nr}` : "")
    + (message.attempt > 1 ? `, sent again, transmission ${message.attempt}` : "")
    + (message.lost ? ", lost" : "")
    + (message.duplicate ? ", a duplicate" : "");
}

function highlight(place, index, on) {
  for (const part of place.querySelectorAll(`[data-field="${index}"]`)) {
    part.classList.toggle("on", on);
  }
}

/** The octets, each a part of its field. */
function octetsTable({ octets, fields }) {
  const place = element("div", { id: "octets", tabindex: "0", role: "group",
    "aria-label": "The octets in hexadecimal digits; the table below has them by field" });
  const wholes = fields.filter((field) => field.depth === 0);
  const fieldAt = [];
  wholes.forEach((field) => fieldAt.fill(field.whole, field.offset, field.offset + field.size));
  const ofOctet = new Array(octets.length).fill(-1);
  for (const field of wholes) {
    ofOctet.fill(field.whole, field.offset, field.offset + field.size);
  }
  for (let at = 0; at < octets.length; at += OCTETS_IN_LINE) {
    place.append(element("span", { class: "at" }, `${at.toString(16).padStart(4, "0")}  `));
    for (let i = at; i < Math.min(at + OCTETS_IN_LINE, octets.length); ++i) {
      const whole = ofOctet[i];
      place.append(element("span", { class: `o f${whole % COLOURS}`, "data-field": whole,
        title: whole < 0 ? undefined : `${wholes[whole].name}: ${wholes[whole].value}` }, octets[i]));
    }
    place.append("\n");
  }
  return place;
}

/** The fields, each with its octets, value and RFC section. */
function fieldTable({ octets, fields }) {
  const rows = fields.map((field) => {
    const digits = octets.slice(field.offset, field.offset + field.size);
    const shown = digits.length > 12 ? `${digits.slice(0, 12).join(" ")} …` : digits.join(" ");
    return element("tr", { class: field.depth ? "part" : "", "data-field": field.whole },
      element("td", {}, field.depth ? null
        : element("span", { class: `swatch f${field.whole % COLOURS}` }, String(field.whole + 1)), field.name),
      element("td", {}, field.value),
      element("td", {}, element("code", {}, shown)),
      element("td", {}, field.reference));
  });
  return element("table", { id: "fields" },
    element("thead", {}, element("tr", {}, ...["Field", "says", "octets", "defined in"].map((head) =>
      element("th", { scope: "col" }, head)))),
    element("tbody", {}, ...rows));
}

/** Show a message beside the ladder. */
function showMessage(message, transmissions, choose) {
  const place = byId("message");
  const lines = [
    `${nodeName(message.from)} to ${nodeName(message.to)}, sent at ${seconds(message.sent)} s, ` +
    (message.lost ? "lost on the way" : `received at ${seconds(message.received)} s ` +
      `(after ${((message.received - message.sent) / 1e6).toFixed(3)} ms)`)
    + (message.duplicate ? ", a duplicate to the receiver" : ""),
  ];
  if (message.tunnel >= 0) {
    lines.push(`Tunnel ${tunnelName(message.tunnel)}`
      + (message.session >= 0 ? `, session ${sessionName(message.session)}` : ""));
  }
  const links = transmissions.filter((other) => other !== message).map((other) => {
    const button = element("button", { type: "button" },
      `transmission ${other.attempt} at ${seconds(other.sent, 3)} s`);
    button.addEventListener("click", () => choose(other));
    return button;
  });
  place.replaceChildren(
    element("h3", { class: message.lost ? "lost" : message.protocol },
      `${message.name}` + (message.attempt > 1 ? ` (transmission ${message.attempt})` : "")),
    ...lines.map((line) => element("div", {}, line)));
  if (links.length) {
    place.append(element("div", {}, "Sent more than once: ", ...links.flatMap((link) => [link, " "])));
  }
  if (message.packet < 0) {
    place.append(element("p", { class: "note" }, "Its octets were not kept: the run has more messages " +
      "than the report keeps with all they say. A shorter run, or --ReportOctets, shows them."));
    return;
  }
  const packet = fieldsOf(message);
  place.append(octetsTable(packet), element("div", { class: "scroll" }, fieldTable(packet)));
  const point = (on) => (event) => {
    const part = event.target.closest("[data-field]");
    if (part) {
      highlight(place, part.dataset.field, on);
    }
  };
  place.onmouseover = point(true);
  place.onmouseout = point(false);
}
