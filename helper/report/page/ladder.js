// SPDX-License-Identifier: GPL-2.0-only
// The message sequence: lifelines, and messages between them. Only the rows in view are elements of
// the page, so that 10,000 messages are as quick as ten.
"use strict";

const ROW = 34;             // pixels of a row
const GAP = 16;             // pixels that two labels must be apart
const TALLEST = 4000000;    // pixels that browsers can scroll
const TIME_WIDTH = 74;      // pixels of the column of times
const PRINTED = 300;        // rows on paper
const MANY = 12;            // lifelines that are too many to begin with

const ladder = {
  shown: [],          // the messages that pass the filters, in the order of time
  tops: [],           // where each stands, in pixels
  lifelines: [],      // node IDs from left to right
  chosen: null,       // a message
  scale: "even",
  byNumber: new Map(run.messages.map((message) => [message.number, message])),
  again: new Map(),   // by the number of the first transmission: all transmissions
};

for (const message of run.messages) {
  if (message.original >= 0) {
    const first = ladder.byNumber.get(message.original);
    const all = ladder.again.get(message.original) ?? (first ? [first] : []);
    all.push(message);
    ladder.again.set(message.original, all);
  }
}

const transmissionsOf = (message) =>
  ladder.again.get(message.original >= 0 ? message.original : message.number) ?? [message];

/** Fill the filters with what there is. */
function fillFilters() {
  const all = [["", "all"]];
  const protocols = [...new Set(run.messages.map((message) => message.protocol))];
  fill(byId("filter-protocol"), [...all, ...protocols.map((name) => [name, name])]);
  const nodes = [...new Set(run.messages.flatMap((message) => [message.from, message.to]))]
    .filter((id) => id >= 0).sort((a, b) => nodeOrder.get(a) - nodeOrder.get(b));
  fill(byId("filter-node"), [...all, ...nodes.map((id) => [id, nodeName(id)])]);
  fill(byId("filter-tunnel"), [...all, ...run.tunnels.map((_, index) => [index, tunnelName(index)])]);
  fillSessions();
}

/** Fill the filter of sessions with those of the tunnel that is chosen. */
function fillSessions() {
  const tunnel = byId("filter-tunnel").value;
  const sessions = run.sessions.map((session, index) => ({ ...session, index }))
    .filter((session) => tunnel === "" || session.tunnel === Number(tunnel));
  fill(byId("filter-session"), [["", "all"],
    ...sessions.map(({ index }) => [index, sessionName(index)])]);
}

/** Whether a message passes the filters. */
function passes(message) {
  const value = (id) => byId(id).value;
  const is = (id, number) => value(id) === "" || Number(value(id)) === number;
  const fate = value("filter-fate");
  return (value("filter-protocol") === "" || value("filter-protocol") === message.protocol)
    && (is("filter-node", message.from) || is("filter-node", message.to))
    && is("filter-tunnel", message.tunnel) && is("filter-session", message.session)
    && (fate === "" || message.lost || (fate === "again" && transmissionsOf(message).length > 1))
    && message.name.toLowerCase().includes(value("filter-name").toLowerCase());
}

/** Choose what to show, and where. */
function filterLadder() {
  ladder.shown = run.messages.filter(passes);
  ladder.scale = byId("ladder-scale").value;
  byId("zoom-label").hidden = ladder.scale === "even";
  const nodes = new Set(ladder.shown.flatMap((message) => [message.from, message.to]));
  nodes.delete(-1);
  ladder.lifelines = [...nodes].sort((a, b) => nodeOrder.get(a) - nodeOrder.get(b));
  const total = run.kinds.reduce((sum, kind) => sum + kind.sent, 0);
  const left = run.left_out.messages;
  const session = byId("filter-session").value;
  byId("ladder-count").textContent = `${grouped(ladder.shown.length)} of ${grouped(total)} messages`
    + (session === "" ? "" : `, those of session ${sessionName(Number(session))}`)
    + (left ? `. The report keeps the first ${grouped(run.left_out.after)} and the last ` +
      `${grouped(run.messages.length - run.left_out.after)}; ${grouped(left)} in between are left out`
      : "") + ".";
  layLadder();
}

/** Find where rows stand. */
function layLadder() {
  const last = ladder.shown.at(-1);
  if (ladder.scale === "even") {
    ladder.tops = ladder.shown.map((_, index) => index * ROW);
  } else {
    // From all of the run in view, to the quickest answer as high as a row.
    const first = ladder.shown[0]?.sent ?? 0;
    const span = Math.max(1, (last?.sent ?? 1) - first);
    const zoom = Number(byId("ladder-zoom").value) / 100;
    const slow = byId("ladder-rows").clientHeight / span;
    const perNs = Math.min(TALLEST / span, slow * (2e5 ** zoom));
    ladder.tops = ladder.shown.map((message) => (message.sent - first) * perNs);
    ladder.perNs = perNs;
  }
  const end = (ladder.tops.at(-1) ?? 0) + ROW * 2;
  const space = byId("ladder-space");
  space.style.height = `${end}px`;
  space.className = ladder.scale;
  const width = byId("ladder-rows").clientWidth - 14;
  const lines = ladder.lifelines.length;
  const gap = lines > 1 ? Math.max(width < 480 ? 72 : 92, (width - TIME_WIDTH - 76) / (lines - 1)) : 0;
  ladder.x = new Map(ladder.lifelines.map((id, index) => [id, TIME_WIDTH + 34 + index * gap]));
  space.style.width = `${Math.max(width, TIME_WIDTH + 70 + (lines - 1) * gap)}px`;
  byId("ladder-heads").replaceChildren(...ladder.lifelines.map((id, index) => {
    const head = element("span", { class: index % 2 && lines > 3 ? "low" : "" }, nodeName(id));
    head.dataset.x = ladder.x.get(id);
    return head;
  }));
  placeHeads();
  space.replaceChildren(...ladder.lifelines.map((id) => {
    const line = element("div", { class: "lifeline" });
    line.style.left = `${ladder.x.get(id)}px`;
    line.style.height = `${end}px`;
    return line;
  }));
  drawRows();
}

/** Keep the names above their lines. */
function placeHeads() {
  const left = byId("ladder-rows").scrollLeft;
  for (const head of byId("ladder-heads").children) {
    head.style.left = `${head.dataset.x - left}px`;
  }
}

/** The first row that stands at a height, or below. */
function rowAt(height) {
  let [low, high] = [0, ladder.tops.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    [low, high] = ladder.tops[middle] < height ? [middle + 1, high] : [low, middle];
  }
  return low;
}

/** An arrow from one lifeline to another, or to where the message was lost. */
function arrow(message, drop) {
  const from = ladder.x.get(message.from) ?? TIME_WIDTH;
  const to = ladder.x.get(message.to) ?? from + 70;
  const start = ladder.scale === "even" ? 22 : 10;
  const share = message.lost ? .55 : 1;
  const [x, y] = [from + (to - from) * share, start + drop * share];
  const turn = Math.atan2(y - start, x - from) * 180 / Math.PI;
  const shaft = drawn("line", { x1: from, y1: start, x2: x, y2: y });
  const head = message.lost
    ? drawn("path", { d: "M-5,-5L5,5M-5,5L5,-5", transform: `translate(${x},${y})` })
    : drawn("path", { class: "head", d: "M0,0L-9,-4L-9,4Z", transform: `translate(${x},${y})rotate(${turn})` });
  return { svg: drawn("svg", { width: 1, height: 1, "aria-hidden": "true" }, shaft, head),
    middle: (from + to) / 2 };
}

/** One row. */
function row(message, index, isDense) {
  const drop = ladder.scale === "even" || message.lost ? 0
    : Math.min(20000, (message.received - message.sent) * ladder.perNs);
  const { svg, middle } = arrow(message, drop);
  const isOriginal = ladder.chosen && ladder.chosen !== message
    && transmissionsOf(ladder.chosen).includes(message);
  const made = element("div", {
    class: ["row", message.protocol, message.lost ? "lost" : "", message.attempt > 1 ? "again" : "",
      message === ladder.chosen ? "chosen" : "", isOriginal ? "original" : "", isDense ? "dense" : ""]
      .join(" "),
    role: "option", id: `m${message.number}`, "aria-selected": String(message === ladder.chosen),
    "aria-setsize": ladder.shown.length, "aria-posinset": index + 1, "aria-label": inWords(message),
  });
  const label = element("span", { class: "label", "aria-hidden": "true" }, message.name
    + (message.attempt > 1 ? ` (${message.attempt})` : ""));
  label.style.left = `${middle}px`;
  label.style.top = ladder.scale === "even" ? "3px" : `${drop / 2 - 6}px`;
  made.append(element("span", { class: "time", "aria-hidden": "true" }, seconds(message.sent)), svg, label);
  made.style.top = `${ladder.tops[index]}px`;
  made.style.height = ladder.scale === "even" ? `${ROW}px` : "20px";
  made.style.width = byId("ladder-space").style.width;
  return made;
}

/** Draw the rows in view, or the first ones on paper. */
function drawRows(printing = false) {
  const frame = byId("ladder-rows");
  const space = byId("ladder-space");
  const slack = ladder.scale === "even" ? 4 * ROW : 1200;
  const begin = printing ? 0 : rowAt(frame.scrollTop - slack);
  const end = printing ? Math.min(PRINTED, ladder.shown.length)
    : rowAt(frame.scrollTop + frame.clientHeight + ROW);
  for (const old of space.querySelectorAll(".row")) {
    old.remove();
  }
  let free = -Infinity;
  const rows = [];
  for (let index = begin; index < end; ++index) {
    const message = ladder.shown[index];
    const isDense = ladder.scale === "scale" && ladder.tops[index] < free;
    free = isDense ? free : ladder.tops[index] + GAP;
    if (isDense && rows.length > 600) {
      continue; // one on top of the other
    }
    rows.push(row(message, index, isDense));
  }
  space.append(...rows);
  frame.setAttribute("aria-activedescendant", ladder.chosen ? `m${ladder.chosen.number}` : "");
}

/** Choose a message, and bring it into view. */
function choose(message) {
  if (!ladder.shown.includes(message)) {
    for (const id of ["protocol", "node", "tunnel", "session", "fate", "name"]) {
      byId(`filter-${id}`).value = "";
    }
    filterLadder();
  }
  ladder.chosen = message;
  const frame = byId("ladder-rows");
  const top = ladder.tops[ladder.shown.indexOf(message)];
  if (top < frame.scrollTop + ROW || top > frame.scrollTop + frame.clientHeight - 2 * ROW) {
    frame.scrollTop = top - frame.clientHeight / 3;
  }
  const [a, b] = [ladder.x.get(message.from) ?? 0, ladder.x.get(message.to) ?? 0];
  if (Math.min(a, b) < frame.scrollLeft || Math.max(a, b) > frame.scrollLeft + frame.clientWidth) {
    frame.scrollLeft = Math.min(a, b) - TIME_WIDTH;
  }
  drawRows();
  showMessage(message, transmissionsOf(message), choose);
}

function moveBy(rows) {
  const now = ladder.shown.indexOf(ladder.chosen);
  const index = Math.max(0, Math.min(ladder.shown.length - 1, now < 0 ? 0 : now + rows));
  if (ladder.shown[index]) {
    choose(ladder.shown[index]);
  }
}

function showLadder() {
  fillFilters();
  const frame = byId("ladder-rows");
  const redraw = { wanted: false };
  frame.addEventListener("scroll", () => {
    placeHeads();
    if (!redraw.wanted) {
      redraw.wanted = true;
      requestAnimationFrame(() => {
        redraw.wanted = false;
        drawRows();
      });
    }
  });
  byId("ladder-space").addEventListener("click", (event) => {
    const found = event.target.closest(".row");
    if (found) {
      choose(ladder.byNumber.get(Number(found.id.slice(1))));
    }
  });
  const page = Math.floor(frame.clientHeight / ROW) - 1;
  const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
  frame.addEventListener("keydown", (event) => {
    if (event.key in steps) {
      event.preventDefault();
      moveBy(steps[event.key]);
    }
  });
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("filters").addEventListener("change", (event) => {
    if (event.target.localName !== "select") {
      return; // told of below, and told again here by a click elsewhere
    }
    if (event.target.id === "filter-tunnel") {
      fillSessions();
    }
    filterLadder();
  });
  for (const id of ["filter-name", "ladder-zoom"]) {
    byId(id).addEventListener("input", filterLadder);
  }
  filterLadder();
  if (ladder.lifelines.length > MANY && run.sessions.length > 0) {
    byId("filter-session").value = "0";
    filterLadder();
  }
  const interesting = ladder.shown.find((message) => message.protocol === "L2TP") ?? ladder.shown[0];
  if (interesting) {
    ladder.chosen = interesting;
    drawRows();
    showMessage(interesting, transmissionsOf(interesting), choose);
  } else {
    byId("message").textContent = "There are no messages.";
  }
  byId("kinds").replaceChildren(table([
    { head: "Protocol", of: (kind) => kind.protocol },
    { head: "message", of: (kind) => kind.name },
    { head: "sent, all in all", number: true, of: (kind) => grouped(kind.sent) },
    { head: "of these again", number: true, of: (kind) => grouped(kind.again) },
    { head: "arrived", number: true, of: (kind) => grouped(kind.arrived) },
    { head: "lost", number: true, of: (kind) => grouped(kind.sent - kind.arrived) },
    { head: "duplicates", number: true, of: (kind) => grouped(kind.duplicates) },
  ], run.kinds));
  window.addEventListener("beforeprint", () => {
    if (ladder.scale === "even") {
      byId("ladder-space").style.height = `${Math.min(PRINTED, ladder.shown.length) * ROW + ROW}px`;
      drawRows(true);
    }
  });
  window.addEventListener("afterprint", layLadder);
}
