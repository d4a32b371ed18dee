// SMART on FHIR: a launch in; the chart as one Bundle, and a way to write answers back, out.
/* global FHIR */

const DOCUMENTS = 20;
const DOCUMENT_BYTES = 3_000_000;

/** Go to the EHR's own sign-in; with `launch` from its menu or a card, without it standalone. */
export function authorize(ehr, about, launch) {
  const page = new URL(location.pathname.replace(/\/launch$/, ""), location.origin);
  return FHIR.oauth2.authorize({
    clientId: ehr.clientId,
    scope: `${launch ? "launch" : "launch/patient"} ${about.scope}`,
    redirectUri: page.href,
    iss: ehr.iss,
    launch: launch || undefined,
    completeInTarget: true,
    pkceMode: "required",
  });
}

/** Whether this tab comes back from a launch, or is in the middle of one. */
export function launched() {
  return /[?&](code|error)=/.test(location.search) || sessionStorage.getItem("SMART_KEY") !== null;
}

/** Whether the launch can be kept in this tab: browsers refuse that to some embedded windows. */
export function mayStore() {
  try {
    return Boolean(sessionStorage);
  } catch {
    return false;
  }
}

export function forget() {
  const key = sessionStorage.getItem("SMART_KEY");
  if (key) sessionStorage.removeItem(JSON.parse(key));
  sessionStorage.removeItem("SMART_KEY");
}

/**
 * @returns {Promise<{bundle: object, token: string, missing: string[], topic: string, write: null|Function, name: string}>}
 */
export async function chart(about) {
  const client = await FHIR.oauth2.ready();
  if (!client.patient.id) throw new Error("no patient");
  const missing = [];
  const asked = Object.entries(about.queries).map(async ([kind, template]) => {
    try {
      const query = template.replaceAll("{{context.patientId}}", encodeURIComponent(client.patient.id));
      return await client.request(query, { pageLimit: 0, flat: true });
    } catch {
      missing.push(kind);
      return [];
    }
  });
  const [patient, ...found] = await Promise.all([client.patient.read(), ...asked]);
  const resources = found.flat().filter((each) => each && each.resourceType && each.resourceType !== "OperationOutcome");
  await documents(client, resources);
  const response = client.state.tokenResponse || {};
  return {
    bundle: bundle([patient, ...resources]),
    token: response.id_token || "",
    missing,
    topic: topicOf(response.appContext),
    write: mayWrite(response.scope || "") ? (answers) => client.create(answers) : null,
  };
}

export function bundle(resources) {
  return { resourceType: "Bundle", type: "collection", entry: resources.map((resource) => ({ resource })) };
}

function topicOf(context) {
  return typeof context === "string" ? context : "";
}

/** SMART v1 and v2 scopes that let the answers be stored. */
function mayWrite(scope) {
  return scope.split(/\s+/).some((each) =>
    /^(patient|user)\/(QuestionnaireResponse|\*)\.(write|\*|c[rud]*s?)$/.test(each.split("?")[0]));
}

/** Texts to which the chart only points, the newest first; what cannot be had is named as unread by the service. */
async function documents(client, resources) {
  const base = client.state.serverUrl.replace(/\/$/, "");
  const open = [];
  for (const each of resources) {
    const attachments = each.resourceType === "DocumentReference" ? (each.content || []).map((one) => one.attachment)
      : each.resourceType === "DiagnosticReport" ? each.presentedForm || [] : [];
    const day = each.date || each.effectiveDateTime || each.issued || "";
    for (const one of attachments) if (one && one.url && !one.data) open.push({ day, one });
  }
  open.sort((a, b) => b.day.localeCompare(a.day));
  await Promise.all(open.slice(0, DOCUMENTS).map(async ({ one }) => {
    const url = new URL(one.url, `${base}/`);
    if (!url.href.startsWith(`${base}/`)) return;
    try {
      const answer = await fetch(url, {
        headers: { Authorization: client.getAuthorizationHeader(), Accept: one.contentType || "*/*" },
      });
      if (!answer.ok) return;
      const type = answer.headers.get("content-type") || "";
      if (type.includes("fhir+json")) {
        const binary = await answer.json();
        if (binary.data) Object.assign(one, { data: binary.data, contentType: binary.contentType || one.contentType });
        return;
      }
      const bytes = new Uint8Array(await answer.arrayBuffer());
      if (bytes.length <= DOCUMENT_BYTES) one.data = base64(bytes);
    } catch { /* named as unread by the service */ }
  }));
}

function base64(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}
