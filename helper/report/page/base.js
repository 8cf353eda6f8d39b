// SPDX-License-Identifier: GPL-2.0-only
// What all parts of the page use: the data, and ways to make elements.
"use strict";

const run = JSON.parse(document.getElementById("data").textContent);

/** A message of the run, from its row of numbers. */
function messageOf(row) {
  const [number, sent, received, from, to, kind, attempt, original, tunnel, session, ns, nr,
    duplicate, packet] = row;
  const { protocol, name } = run.kinds[kind];
  return { number, sent, received, from, to, protocol, name, attempt, original, tunnel, session, ns,
    nr, packet, duplicate: duplicate === 1, lost: received < 0 };
}

run.messages = run.messages.map(messageOf);

const byId = (id) => document.getElementById(id);

/** Make an element; what is given as a string is text, never HTML. */
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "class") {
      made.className = value;
    } else if (value !== undefined && value !== false) {
      made.setAttribute(key, value === true ? "" : value);
    }
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** Make an element of a drawing. */
function drawn(name, attributes = {}, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

/** Make a table; a column is {head, of(row), number}. */
function table(columns, rows, caption) {
  const cell = (name, column, content) =>
    element(name, { class: column.number ? "number" : "", scope: name === "th" ? "col" : undefined },
      content instanceof Node ? content : String(content));
  return element("table", {},
    caption ? element("caption", {}, caption) : null,
    element("thead", {}, element("tr", {}, ...columns.map((c) => cell("th", c, c.head)))),
    element("tbody", {}, ...rows.map((row) =>
      element("tr", {}, ...columns.map((c) => cell("td", c, c.of(row)))))));
}

const nodesById = new Map(run.nodes.map((node) => [node.id, node]));
const nodeName = (id) => nodesById.get(id)?.name ?? "outside";
const seconds = (ns, digits = 6) => (ns / 1e9).toFixed(digits);
const grouped = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, "\u202f");

/** Fill a select; an option is [value, text]. */
function fill(select, options) {
  select.replaceChildren(...options.map(([value, text]) => element("option", { value }, text)));
}

const tunnelName = (index) => {
  const [a, b] = run.tunnels[index].ends;
  return `${nodeName(a.node)} – ${nodeName(a.peer)} (${a.id}/${b ? b.id : "?"})`;
};
const sessionName = (index) => {
  const [a, b] = run.sessions[index].ends;
  const other = run.tunnels[run.sessions[index].tunnel].ends[0];
  const peer = a.node === other.node ? other.peer : other.node;
  return `${nodeName(a.node)} – ${nodeName(b ? b.node : peer)} (${a.id}/${b ? b.id : "?"})`;
};
