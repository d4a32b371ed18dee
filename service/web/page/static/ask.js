// At most two questions at a time: yes, no or not known; each answer ranks again at once.
import * as answers from "./answers.js";
import { el } from "./dom.js";

const SHOWN = 2;
/** The texts of what was asked, for the service leaves a settled question out. @type {Map<string, string>} */
const asked = new Map();

/**
 * @param {any} told
 * @param {{bundle: any, write: null|Function, again: Function}} held
 */
export function questions(told, held) {
  const open = told.questions.filter((each) => !answers.answered(each.id)).slice(0, SHOWN);
  for (const each of told.questions) asked.set(each.id, each.text);
  const given = [...asked].filter(([id]) => answers.answered(id));
  if (!open.length && !given.length) return null;
  const reply = (id, said, items) => {
    answers.answer(id, said, items);
    held.again("ask-first");
  };
  return el("div", { class: "ask" }, el("h2", {}, open.length > 1 ? "Two questions" : open.length ? "One question" : "Answered"),
    open.map((each, at) => one(each, reply, at === 0 ? { id: "ask-first" } : {})),
    given.length > 0 && el("ul", { class: "given" }, given.map(([id, text]) => el("li", {}, `${text} `, el("b", {}, answers.answered(id).said), " ",
      el("button", { type: "button", class: "link", "aria-label": `Take back the answer to: ${text}`, onclick() { answers.retract(id); held.again("ask-first"); } }, "take back")))),
    given.length > 0 && el("p", { class: "quiet", role: "status" }, `Ranked again: ${moved(told, held.before)}. Answers are kept only while this page is open.`),
    given.length > 0 && held.write && answers.any() && save(held));
}

/** What the answers did to the order, in words. */
function moved(told, before) {
  const lead = (all) => all.alarms[0]?.title || all.causes[0]?.title || "";
  const listed = (all) => [...all.alarms, ...all.causes].map((each) => `${each.title} ${each.certainty}`).join("\n");
  if (!before || listed(before) === listed(told)) return "nothing has moved yet";
  return lead(told) && lead(told) !== lead(before) ? `${lead(told)} leads now` : "the list has changed, the lead has not";
}

function one(question, reply, first) {
  const button = (words, items, more = {}) => el("button", { type: "button", onclick: () => reply(question.id, words.toLowerCase(), items), ...more }, words);
  const unknown = button("Not known", []);
  if (question.options) {
    const until = question.options.find((each) => each.until);
    const more = until && since(until, (items, said) => reply(question.id, said, items));
    return group(question, [...question.options.map((each, at) => (each === until ? more.button
      : button(each.display, [each], at ? {} : first))), unknown], more?.box);
  }
  if (!question.several) return group(question, [button("Yes", question.yes, first), button("No", question.no), unknown]);
  const signs = question.yes.map((each) => ({ each, box: el("input", { type: "checkbox" }) }));
  const list = el("div", { class: "signs", hidden: true },
    signs.map(({ each, box }) => el("label", {}, box, ` ${each.display}`)),
    el("button", { type: "button", onclick() {
      const chosen = signs.filter(({ box }) => box.checked).map(({ each }) => each);
      if (chosen.length) reply(question.id, chosen.map((each) => each.display.toLowerCase()).join(", "), chosen);
    } }, "Done"));
  const yes = el("button", { type: "button", "aria-expanded": "false", ...first, onclick() {
    list.hidden = !list.hidden;
    yes.setAttribute("aria-expanded", String(!list.hidden));
    if (!list.hidden) signs[0].box.focus();
  } }, "Yes…");
  return group(question, [yes, button("No", question.no), unknown], list);
}

/** An answer that counts only with its date: until when the relief lasted, as well as anybody knows. */
function since(option, reply) {
  const date = el("input", { type: "month", pattern: "[0-9]{4}-[0-9]{2}", placeholder: "2025-04" });
  const box = el("div", { class: "until", hidden: true }, el("label", {}, "Until about ", date), " ",
    el("button", { type: "button", onclick() {
      const when = /^\d{4}-\d{2}$/.test(date.value) ? date.value : "";
      reply(when ? [option, { linkId: option.until, date: when }] : [option],
        `${option.display.toLowerCase()}${when ? `, about ${when}` : ""}`);
    } }, "Done"));
  const button = el("button", { type: "button", "aria-expanded": "false", onclick() {
    box.hidden = !box.hidden;
    button.setAttribute("aria-expanded", String(!box.hidden));
    if (!box.hidden) date.focus();
  } }, `${option.display}…`);
  return { button, box };
}

function group(question, buttons, more = null) {
  return el("fieldset", {}, el("legend", {}, question.text), el("div", { class: "answers" }, buttons), more);
}

function save(held) {
  const state = el("span", { role: "status" });
  const button = el("button", { type: "button", async onclick() {
    button.disabled = true;
    try {
      const { id: _, ...response } = answers.questionnaireResponse(held.bundle);
      await held.write(response);
      state.textContent = " Saved.";
    } catch {
      button.disabled = false;
      state.textContent = " The EHR did not take them.";
    }
  } }, "Save the answers to the chart");
  return el("p", {}, button, state);
}
