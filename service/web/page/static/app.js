// The page: choose a chart, send it to this service, draw what comes back; answers send it again.
import { clear as clearAnswers, compose } from "./answers.js";
import { byId, el } from "./dom.js";
import { fromFile } from "./file.js";
import * as smart from "./smart.js";
import { draw } from "./story.js";

/** `before` is the first answer for this chart. @type {{bundle: object|null, token: string, missing: string[], topic: string, write: null|Function, before: object|null}} */
let held = { bundle: null, token: "", missing: [], topic: "", write: null, before: null };
const about = await (await fetch("app/about.json")).json();
let asking = 0;
byId("rules").textContent = `${about.rules.status},`;
byId("version").textContent = `${about.rules.version}.`;

function say(text, wrong = false) {
  const state = byId("state");
  state.textContent = text;
  state.hidden = !text;
  state.classList.toggle("wrong", wrong);
}

function show(what) {
  byId("choose").hidden = what !== "choose";
  byId("story").hidden = what !== "story";
  byId("print").hidden = what !== "story";
}

async function open(chart) {
  held = { token: "", missing: [], topic: "", write: null, before: null, ...chart };
  clearAnswers();
  await ask();
}

/** One answer of the service for the chart and what was answered here; only the latest is drawn. */
async function ask(focus) {
  const turn = ++asking;
  say("Reading the chart…");
  const began = performance.now();
  const entry = [...held.bundle.entry, ...compose(held.bundle)];
  const body = JSON.stringify({ ...held.bundle, entry });
  let told;
  try {
    const answer = await fetch("app/story", {
      method: "POST",
      headers: { "Content-Type": "application/json", ...(held.token ? { Authorization: `Bearer ${held.token}` } : {}) },
      body,
    });
    if (turn !== asking) return;
    if (!answer.ok) return refused(answer.status);
    told = await answer.json();
  } catch {
    return say("The service could not be reached. Nothing was found, because nothing was read.", true);
  }
  if (turn !== asking) return;
  const got = performance.now();
  draw(told, { ...held, again: ask });
  held.before ??= told;
  byId("version").textContent = `${told.rules.version}; as of ${told.today}.`;
  say("");
  show("story");
  performance.measure("answer", { start: began, end: got });
  performance.measure("drawn", { start: got, end: performance.now() });
  if (focus) byId(focus)?.focus();
}

function refused(status) {
  if (status === 401) {
    smart.forget();
    say("The sign-in with the EHR has ended. Please open this page again from the chart.", true);
  } else if (status === 413) {
    say("This chart is too large for this service. Nothing was read.", true);
  } else {
    say("The service could not read this chart. This does not mean that nothing was found.", true);
  }
}

function choose() {
  const box = byId("choose");
  const file = el("input", { type: "file", id: "file", accept: ".json,.ndjson,application/json", onchange: (event) => take(event.target.files[0]) });
  const parts = [];
  if (about.ehrs.length) {
    parts.push(el("h2", {}, "From the EHR"), el("ul", { class: "list" }, about.ehrs.map((ehr) =>
      el("li", {}, el("button", { type: "button", onclick: () => smart.authorize(ehr, about) }, `Sign in at ${ehr.host}`)))));
  }
  if (about.open) {
    parts.push(el("h2", {}, "From a file"), el("p", { class: "drop" },
      el("label", { for: "file" }, "Choose or drop a chart: a FHIR Bundle (JSON) or NDJSON. "), file));
    if (about.examples.length) {
      parts.push(el("h2", {}, "Invented patients"), el("ul", { class: "list" }, about.examples.map((name, at) =>
        el("li", {}, el("button", { type: "button", onclick: () => example(at) }, name)))));
    }
  }
  box.replaceChildren(...parts);
  show("choose");
  say(parts.length ? "" : "This page opens from the chart in your EHR.");
}

async function example(at) {
  say("Reading the chart…");
  const answer = await fetch(`app/examples/${at}`);
  if (!answer.ok) return say("This example is not there any more.", true);
  history.replaceState(null, "", `#example-${at + 1}`);
  return open({ bundle: await answer.json() });
}

async function take(file) {
  if (!file) return;
  if (file.size > about.largest) return say("This file is too large for this service. Nothing was read.", true);
  try {
    await open({ bundle: fromFile(await file.text()) });
    history.replaceState(null, "", location.pathname);
  } catch {
    say("This file is neither a FHIR Bundle nor NDJSON. Nothing was read.", true);
  }
}

async function start() {
  if (!smart.mayStore()) return say("This browser keeps nothing inside this window, so the EHR cannot sign in here. Please open the page in a window of its own.", true);
  if (smart.launched()) {
    try {
      return await open(await smart.chart(about));
    } catch {
      smart.forget();
      history.replaceState(null, "", location.pathname);
      choose();
      return say("The EHR did not hand over the chart. Please open this page again from the chart.", true);
    }
  }
  const at = /^#example-(\d+)$/.exec(location.hash);
  if (at && about.examples.length >= Number(at[1])) return example(Number(at[1]) - 1);
  return choose();
}

byId("home").addEventListener("click", () => {
  smart.forget();
  history.replaceState(null, "", location.pathname);
  held = { ...held, bundle: null };
  byId("who").textContent = "";
  choose();
});
byId("print").addEventListener("click", () => print());
addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((each) => { each.open = true; }));
if (about.open) {
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => { event.preventDefault(); take(event.dataTransfer.files[0]); });
}
start();
