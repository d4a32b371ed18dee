// Answers given here: kept in memory only; out as one QuestionnaireResponse beside the chart.

/** @type {Map<string, {said: string, items: {linkId: string, system: string, code: string}[]}>} */
const given = new Map();

export const answered = (id) => given.get(id);
export const clear = () => given.clear();
export const any = () => [...given.values()].some((each) => each.items.length);

/** @param {string} said yes, no, unknown or the answer's own words */
export function answer(id, said, items) {
  given.set(id, { said, items });
}

export const retract = (id) => given.delete(id);

/** What the chart is sent with: nothing, or one entry. */
export function compose(chart) {
  const response = questionnaireResponse(chart);
  return response ? [{ resource: response }] : [];
}

export function questionnaireResponse(chart) {
  const items = [...given.values()].flatMap((each) => each.items);
  if (!items.length) return null;
  const patient = chart.entry.map((each) => each.resource).find((each) => each?.resourceType === "Patient");
  const byLink = new Map();
  for (const { linkId, system, code, display, date } of items) {
    const item = byLink.get(linkId) || { linkId, answer: [] };
    item.answer.push(date ? { valueDate: date } : { valueCoding: { system, code, ...(display ? { display } : {}) } });
    byLink.set(linkId, item);
  }
  return {
    resourceType: "QuestionnaireResponse",
    id: "answered-on-the-page",
    status: "completed",
    ...(patient?.id ? { subject: { reference: `Patient/${patient.id}` } } : {}),
    authored: new Date().toISOString(),
    item: [...byLink.values()],
  };
}
