// The story on one time axis: lanes of events in; a picture, and the same events as a table, out.
import { el, svg } from "./dom.js";

const DAY = 86_400_000;
const HEIGHT = { Pain: 50 };
const ROW = 21;
const CHAR = 6.8;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/**
 * @param {{lanes: {name: string, events: any[], older: number}[], asOf: string, today: string}} told
 * @param {(event: any) => void} chosen
 */
export function lanes(told, chosen) {
  const holder = el("div", { class: "picture" });
  const table = asTable(told.lanes);
  let width = 0;
  let marked = [];
  const redraw = () => {
    const now = Math.floor(holder.clientWidth);
    if (!now || now === width) return;
    width = now;
    holder.replaceChildren(picture(told, width, chosen));
    mark(marked);
  };
  const watcher = new ResizeObserver(redraw);
  watcher.observe(holder);

  /** Show which events the entries with these marks tell of. */
  function mark(marks) {
    marked = marks;
    for (const root of [holder, table]) {
      for (const each of root.querySelectorAll("[data-entries]")) {
        each.classList.toggle("on", each.dataset.entries.split(" ").some((one) => marks.includes(one)));
      }
    }
  }
  return { holder, table, mark, redraw, bent: isBent(told) };
}

function asTable(all) {
  const rows = all.flatMap((lane) => lane.events.map((event) => ({ lane: lane.name, ...event })));
  rows.sort((a, b) => a.from.localeCompare(b.from));
  const older = all.reduce((sum, lane) => sum + lane.older, 0);
  return el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "The story as a table" }, el("table", {},
    el("caption", {}, `${rows.length} entries, oldest first${older ? `; ${older} older ones are left out` : ""}`),
    el("thead", {}, el("tr", {}, ["When", "What", "Lane"].map((name) => el("th", { scope: "col" }, name)))),
    el("tbody", {}, rows.map((row) => el("tr", { "data-entries": row.entries.join(" ") },
      el("td", {}, row.when), el("td", {}, row.text), el("td", {}, row.lane))))));
}

function picture(told, width, chosen) {
  const narrow = width < 560;
  const gutter = narrow ? 0 : 92;
  const undated = told.lanes.some((lane) => lane.events.some((event) => !event.from)) ? 74 : 0;
  const from = gutter + undated + 8;
  const to = width - 14;
  const today = Date.parse(told.asOf);
  const starts = told.lanes.flatMap((lane) => lane.events.filter((event) => event.from).map((event) => Date.parse(event.from)));
  const span = Math.max(today - Math.min(today - 30 * DAY, ...starts), 30 * DAY) * 1.02;
  const bend = isBent(told) ? 0.5 : 1;
  const x = (day) => to - (to - from) * (Math.max(0, Math.min(today - Date.parse(day), span)) / span) ** bend;

  const parts = [];
  let top = 4;
  const title = narrow ? 15 : 0;
  const tops = told.lanes.map((lane) => {
    const at = top + title;
    top = at + tall(lane);
    return at;
  });
  const bottom = top + 2;
  parts.push(...ticks(today, span, x, from, to, bottom));
  for (const event of told.lanes[0]?.events || []) {
    if (event.from) parts.push(svg("line", { class: "cut", x1: x(event.from), x2: x(event.from), y1: tops[0] + 6, y2: bottom }));
  }
  told.lanes.forEach((lane, at) => {
    const height = tall(lane);
    parts.push(svg("line", { class: "rule", x1: 0, x2: width, y1: tops[at] + height - 0.5, y2: tops[at] + height - 0.5 }));
    parts.push(text(0, narrow ? tops[at] - 3 : tops[at] + height / 2 + 4, lane.name, "lane"));
    if (!lane.events.length) parts.push(text(from, tops[at] + height / 2 + 4, "none read", "none"));
    parts.push(...(lane.name === "Pain" ? pain : points)(lane.events, tops[at], height, { x, from, to, gutter, chosen }));
  });
  if (undated) parts.push(text(gutter + 8, bottom + 14, "undated", "tick"));
  return svg("svg", { width, height: bottom + 20, viewBox: `0 0 ${width} ${bottom + 20}`, role: "img", "aria-label": describe(told) }, parts);
}

/** Over years the last months would be a sliver: recent time is then drawn wider. */
function isBent(told) {
  const starts = told.lanes.flatMap((lane) => lane.events.map((event) => event.from)).filter(Boolean);
  return starts.some((from) => Date.parse(told.asOf) - Date.parse(from) > 490 * DAY);
}

const rows = (lane) => Math.max(0, ...lane.events.map((event) => event.row || 0)) + 1;
const tall = (lane) => HEIGHT[lane.name] || ROW + (rows(lane) - 1) * 17;

function describe(told) {
  const dated = told.lanes.map((lane) => `${lane.name}: ${lane.events.length || "none"}`).join("; ");
  return `The story on one time axis up to ${told.today}. ${dated}. The same entries stand in the table below.`;
}

function text(x, y, words, kind, anchor = "start") {
  const made = svg("text", { x, y, class: kind, "text-anchor": anchor });
  made.textContent = words;
  return made;
}

function ticks(today, span, x, from, to, bottom) {
  const last = new Date(today);
  const found = [{ at: to, words: "today" }];
  for (let back = 0; back < 1200; back += 1) {
    const day = Date.UTC(last.getUTCFullYear(), last.getUTCMonth() - back, 1);
    if (today - day > span) break;
    const month = new Date(day).getUTCMonth();
    if (back > 14 && month) continue;
    const at = x(new Date(day).toISOString().slice(0, 10));
    const words = month ? MONTHS[month] : String(new Date(day).getUTCFullYear());
    const near = found[found.length - 1];
    if (near.at - at < 40 && !(month === 0 && near.month)) continue;
    if (near.at - at < 40) found.pop();
    if (found.length && found[found.length - 1].at - at < 34) continue;
    found.push({ at, words, month });
  }
  return found.filter((each) => each.at >= from - 1).flatMap((each) => [
    svg("line", { class: "grid", x1: each.at, x2: each.at, y1: 4, y2: bottom }),
    text(each.at, bottom + 14, each.words, "tick", each.words === "today" ? "end" : "middle"),
  ]);
}

function group(event, chosen, inside) {
  const made = svg("g", { class: `ev${event.hollow ? " hollow" : ""}${event.open ? " open" : ""}`, "data-entries": event.entries.join(" "), onclick: () => chosen(event) }, inside);
  const hover = svg("title");
  hover.textContent = `${event.when}: ${event.text}`;
  made.append(hover);
  return made;
}

/** Where a label has room in one row: right of its mark, else left of it, else nowhere; the table holds it anyway. */
function placer(frame) {
  const taken = [];
  return {
    take: (a, b) => taken.push([a, b]),
    has(x, words) {
      const found = this.find(x, words);
      if (found) taken.pop();
      return Boolean(found);
    },
    find(x, words, gap = 8, bar = false) {
      const long = words.length * CHAR;
      const free = (a, b) => a >= frame.gutter && b <= frame.to + 12 && taken.every(([one, two]) => b < one || a > two);
      const edge = Math.max(frame.gutter, frame.to + 12 - long);
      const tries = bar ? [[x, x, "start"], [Math.min(x, edge), frame.to, "end"]]
        : [[x + gap, x + gap, "start"], [x - gap - long, x - gap, "end"]];
      for (const [a, at, anchor] of tries) {
        if (free(a, a + long)) {
          taken.push([a, a + long]);
          return { x: at, anchor };
        }
      }
      return null;
    },
  };
}

function points(events, top, height, frame) {
  const count = rows({ events });
  const placers = Array.from({ length: count }, () => placer(frame));
  const placed = events.map((event) => ({ event, at: event.from ? frame.x(event.from) : frame.gutter + 22 }));
  for (const { event, at } of placed) placers[event.row || 0].take(at - 5, at + 5);
  return placed.reverse().map(({ event, at }) => {
    const row = placers[event.row || 0];
    const y = top + height / 2 + ((event.row || 0) - (count - 1) / 2) * 17;
    const end = event.bar && event.to !== event.from ? frame.x(event.to) : null;
    const words = [event.short, event.brief].find((each) => each && row.has(end ?? at, each));
    const label = words && row.find(end ?? at, words);
    return group(event, frame.chosen, [
      end === null ? svg("circle", { cx: at, cy: y, r: 4.5 }) : svg("rect", { x: at, y: y - 3.5, width: Math.max(end - at, 5), height: 7, rx: 3.5 }),
      label && text(label.x, y + 4, words, "label", label.anchor),
    ]);
  });
}

/** Scores as a line of dots from 0 to 10, complaints as bars and ticks below. */
function pain(events, top, height, frame) {
  const scores = events.filter((event) => event.value !== undefined);
  const told = events.filter((event) => event.value === undefined);
  const scored = scores.filter((event) => event.from);
  const level = (event) => top + 20 - (event.value / 10) * 13;
  const made = [];
  if (scored.length > 1) {
    made.push(svg("polyline", { class: "course", points: scored.map((event) => `${frame.x(event.from)},${level(event)}`).join(" ") }));
  }
  const upper = placer(frame);
  scores.forEach((event) => { const at = event.from ? frame.x(event.from) : frame.gutter + 22; upper.take(at - 4, at + 4); });
  for (const event of [...scores].reverse()) {
    const at = event.from ? frame.x(event.from) : frame.gutter + 22;
    const label = upper.find(at, event.short, 7);
    made.push(group(event, frame.chosen, [svg("circle", { cx: at, cy: level(event), r: 4 }),
      label && text(label.x, level(event) + 4, event.short, "label", label.anchor)]));
  }
  const y = top + height - 12;
  const lower = placer(frame);
  for (const event of [...told].reverse()) {
    const at = event.from ? frame.x(event.from) : frame.gutter + 22;
    const end = event.bar ? frame.x(event.to) : at;
    const label = lower.find(at, event.short, 0, true);
    made.push(group(event, frame.chosen, [
      svg("rect", { x: at - (event.bar ? 0 : 2), y: y + 3, width: Math.max(end - at, 4), height: 5, rx: 2.5 }),
      label && text(label.x, y, event.short, "label", label.anchor)]));
  }
  return made;
}
