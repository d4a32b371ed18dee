// A file that was dropped or chosen: text in; one Bundle out, or an error.
import { bundle } from "./smart.js";

/** @param {string} text a Bundle, a resource, a list of resources, or NDJSON with one of them a line */
export function fromFile(text) {
  const found = [];
  for (const each of parsed(text.replace(/^\uFEFF/, "").trim())) {
    if (Array.isArray(each)) found.push(...each);
    else if (each.resourceType === "Bundle") found.push(...(each.entry || []).map((entry) => entry.resource).filter(Boolean));
    else found.push(each);
  }
  if (!found.length || !found.every((each) => each && typeof each.resourceType === "string")) throw new Error("no FHIR");
  return bundle(found);
}

function parsed(text) {
  try {
    return [JSON.parse(text)];
  } catch {
    return text.split(/\r?\n/).filter((line) => line.trim()).map((line) => JSON.parse(line));
  }
}
