// Elements from words: text is always text, never markup, so nothing of a chart can become a part of the page.

/**
 * @param {string} tag
 * @param {Record<string, any>} [given] attributes; `on…` are listeners, false and null leave one out
 * @param {...(Node|string|null|false|undefined)} inside
 */
export function el(tag, given = {}, ...inside) {
  const made = document.createElement(tag);
  set(made, given);
  made.append(...inside.flat(Infinity).filter((each) => each !== null && each !== false && each !== undefined && each !== ""));
  return made;
}

const SVG = "http://www.w3.org/2000/svg";

/** The same for a picture. */
export function svg(tag, given = {}, ...inside) {
  const made = document.createElementNS(SVG, tag);
  set(made, given);
  made.append(...inside.flat(Infinity).filter(Boolean));
  return made;
}

function set(made, given) {
  for (const [name, value] of Object.entries(given)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : value);
  }
}

export const byId = (id) => document.getElementById(id);
