// What the service answered, drawn: what is pressing, why it hurts and what next, when it happened, what was not known.
import { questions } from "./ask.js";
import { byId, el } from "./dom.js";
import { lanes } from "./lanes.js";

const URGENCY = { emergency: "now", urgent: "urgent", routine: "routine" };
let number = 0;

/**
 * @param {any} told the answer of /app/story
 * @param {{bundle: any, missing: string[], topic: string, write: null|Function, again: Function}} held
 */
export function draw(told, held) {
  number = 0;
  heading(told, held.bundle);
  const time = lanes(told, (event) => point(event));
  const caption = el("p", { class: "caption", role: "status" });

  /** An event of the picture was chosen: say it, and show which reasons rest on it. */
  function point(event) {
    time.mark(event.entries);
    caption.textContent = `${event.when}: ${event.text}`;
    for (const each of document.querySelectorAll("button.reason")) {
      each.classList.toggle("on", each.dataset.entries.split(" ").some((one) => event.entries.includes(one)));
    }
  }

  /** A reason was chosen: its words below it, its entries in the picture; one at a time. */
  function reason(given) {
    const id = `words-${++number}`;
    const words = el("div", { id, class: "words", hidden: true }, given.quotes.map(quote));
    const button = el("button", {
      type: "button", class: `reason${given.strong ? " strong" : ""}`, "aria-expanded": "false", "aria-controls": id,
      "data-entries": given.entries.join(" "),
      onclick() {
        const opens = button.getAttribute("aria-expanded") === "false";
        for (const each of document.querySelectorAll("button.reason")) {
          each.setAttribute("aria-expanded", "false");
          each.classList.remove("on");
          byId(each.getAttribute("aria-controls")).hidden = true;
        }
        button.setAttribute("aria-expanded", String(opens));
        words.hidden = !opens;
        caption.textContent = "";
        time.mark(opens ? [...given.entries, ...given.quotes.map((one) => one.entry)] : []);
      },
    }, el("span", { class: "shown" }, given.text), ...glimpse(given));
    return el("li", {}, button, words);
  }

  const story = byId("story");
  story.replaceChildren(
    emergency(told),
    el("div", { class: "columns" },
      el("section", { class: "causes", "aria-labelledby": "why" }, causes(told, held.topic, reason)),
      el("section", { class: "next", "aria-labelledby": "next" }, next(told), questions(told, held))),
    el("section", { class: "time", "aria-labelledby": "time" }, el("h2", { id: "time" }, time.bent ? "Over time, recent months drawn wider" : "Over time"), time.holder, caption),
    el("div", { class: "folds" },
      el("details", { class: "fold" }, el("summary", {}, "The story as a table"), time.table), folds(told, held)),
  );
  byId("story").hidden = false;
  time.redraw();
}

/** The first of the very words, as far as the line has room, and their day. */
function glimpse(given) {
  const first = given.quotes[0];
  if (!first) return [];
  const words = given.quotes.slice(0, 2).filter((one) => one.words).map((one) => `“${one.words}”`);
  return [el("span", { class: "said" }, words.join(" ")),
    first.when.startsWith("date") ? null : el("span", { class: "day" }, first.when)];
}

function heading(told, bundle) {
  const patient = bundle.entry.map((each) => each.resource).find((each) => each?.resourceType === "Patient");
  const name = patient?.name?.[0];
  const called = name ? name.text || [...(name.given || []), name.family].filter(Boolean).join(" ") : "";
  const who = [called, told.about.age && `${told.about.age} years`, patient?.gender].filter(Boolean).join(", ");
  const what = [told.about.operation, told.about.course].filter(Boolean).join(" · ");
  byId("who").replaceChildren(el("b", {}, who), what ? ` ${who ? "· " : ""}${what}` : "");
}

function quote(one) {
  const where = `${one.source}, ${one.when}`;
  return one.words ? el("blockquote", {}, el("p", {}, `“${one.words}”`), el("footer", {}, where)) : el("p", { class: "where" }, where);
}

function emergency(told) {
  if (told.heldBack) return el("section", { class: "band", "aria-label": "Emergency signs" }, el("p", {}, "Silent mode: this chart was evaluated, and what was concluded is not shown."));
  if (!told.alarms.length) {
    const open = told.notRecorded;
    return el("section", { class: "band", "aria-label": "Emergency signs" }, el("p", {},
      el("b", {}, "No emergency sign found in what was read"),
      open.length ? `; ${open.length} not recorded: ${open.map(lower).join(", ")}.` : "; all five signs were looked for."));
  }
  const grave = told.alarms.some((alarm) => alarm.critical);
  return el("section", { class: `band ${grave ? "critical" : "warning"}`, "aria-label": grave ? "Emergency" : "To be checked first" },
    told.alarms.map((alarm) => el("div", { class: "alarm" },
      el("h2", {}, alarm.title), el("p", { class: "action" }, alarm.action))));
}

function causes(told, topic, reason) {
  const parts = [];
  if (told.alarms.length) {
    parts.push(el("h2", { id: "why" }, "What shows it"), told.alarms.map((alarm) => el("div", { class: "cause" },
      told.alarms.length > 1 && el("h3", {}, alarm.title), side("For", alarm.for, reason, 4))));
    if (told.causes.length) parts.push(el("h2", { class: "beside" }, "Beside it"));
  } else parts.push(el("h2", { id: "why" }, told.causes.length > 1 ? "What fits, best first" : "What fits"));
  if (!told.causes.length) {
    parts.push(el("p", { class: "quiet" }, told.heldBack ? "Not shown." : told.silent ? `Nothing to say: ${told.silent}.`
      : told.alarms.length ? "No likely cause beside it; weaker ones are not listed until this is answered."
      : "No cause stands out from what was read."));
    const open = told.alarms.length || told.silent ? [] : told.questions.slice(2);
    if (open.length) parts.push(el("p", {}, "What would tell the causes apart, after the two questions beside:"),
      el("ul", { class: "open" }, open.map((each) => el("li", {}, each.text))));
  }
  parts.push(el("ol", { class: "list" }, told.causes.map((cause) => el("li", { class: `cause${cause.id === topic ? " asked" : ""}` },
    el("h3", {}, cause.title, " ", el("span", { class: `chip ${cause.certainty}` }, cause.certainty === "fits" ? "fits so far" : cause.certainty)),
    side("For", cause.for, reason),
    side("Against", cause.against, reason),
    changes(cause)))));
  if (told.more.length) parts.push(el("p", { class: "quiet" }, `Less likely: ${told.more.map(lower).join("; ")}.`));
  for (const notice of told.notices) parts.push(el("p", { class: "quiet" }, el("b", {}, notice.title), notice.notes.length ? `: ${notice.notes[0]}` : ""));
  return parts;
}

function side(name, given, reason, most = 2) {
  if (!given.length) return null;
  return el("div", { class: `side ${name.toLowerCase()}` }, el("p", { class: "tag" }, name),
    el("ul", { class: "reasons" }, given.slice(0, most).map(reason)), more(given.slice(most), reason));
}

function more(given, reason) {
  return given.length ? el("details", { class: "more" }, el("summary", {}, `${given.length} more`), el("ul", { class: "reasons" }, given.map(reason))) : null;
}

function changes(cause) {
  const parts = cause.against.length ? [] : [el("b", {}, "Against: "), "nothing recorded. "];
  if (cause.changes.length) {
    parts.push(el("b", {}, "Would change it: "),
      `${cause.changes.map((each) => `${lower(each.text)} (${each.more ? "more" : "less"} likely)`).join("; ")}.`);
  } else if (cause.missing.length) parts.push(el("b", {}, "Not in the record: "), `${lower(cause.missing[0])}.`);
  return parts.length ? el("p", { class: "changes" }, parts) : null;
}

function next(told) {
  const [first] = told.steps;
  const parts = [el("h2", { id: "next" }, "Next step")];
  if (!first) parts.push(el("p", { class: "quiet" }, "None from what was read."));
  else {
    parts.push(el("p", { class: "step" }, el("b", {}, first.title), " ", el("span", { class: `chip ${first.urgency}` }, URGENCY[first.urgency])),
      el("p", {}, first.why), ...first.cautions.map((each) => el("p", { class: "mind" }, each)));
  }
  if (told.mind.length) parts.push(el("p", { class: "mind" }, el("b", {}, "Mind: "), told.mind.join("; ")));
  if (told.then) parts.push(el("p", { class: "then" }, el("b", {}, "Then: "), told.then));
  for (const each of told.withheld.slice(0, told.then ? 1 : 2)) parts.push(el("p", { class: "quiet" }, `Not now: ${lower(each.title)}. ${each.reason}.`));
  return parts;
}

function folds(told, held) {
  const missing = [...new Set([...told.missing, ...held.missing])].map((each) => each.replace(/([A-Z])/g, " $1").toLowerCase());
  const unread = told.notRead.map((each) => `${each.text}${each.when ? `, ${each.when}` : ""}: ${each.reason}`);
  return [
    fold("What to tell the patient", told.patientWords, "", "In the words of the rules, to put in your own."),
    fold(`Not read (${told.notRead.length})`, unread, "Everything that was sent was read."),
    fold(`Not understood (${told.notUnderstood.length})`, told.notUnderstood.map((each) => `“${each.words}” ${each.source}, ${each.when}`), "Nothing clinical was left over."),
    fold(`Missing (${missing.length})`, missing, "Nothing that was asked for is missing."),
    fold("Sources and rules", told.sources, "", `${told.rules.status}, ${told.rules.version}. They are compiled from literature.`),
  ];
}

function fold(name, lines, none, before = "") {
  if (!lines.length && !none && !before) return null;
  return el("details", { class: "fold" }, el("summary", {}, name), before && el("p", {}, before),
    lines.length ? el("ul", {}, lines.map((line) => el("li", {}, line))) : el("p", {}, none));
}

/** A title inside a sentence; abbreviations stay. */
export function lower(words) {
  return /^[A-Z][a-z ]/.test(words) ? words[0].toLowerCase() + words.slice(1) : words;
}
