// A CDS Hooks service on Node that runs the six criteria of criteria.cql with cql-execution, to compare with.
//
// Tuned as far as the public interface allows: the library (ELM) and the model of FHIR are parsed once, the value sets
// are in memory, everything is handed over per call without copies, and no FHIR server is asked. criteria.json is what
// the reference translator (info.cqframework:cql-to-elm 3.29.0) makes of criteria.cql, without its annotations.
// Usage: node server.js PORT FOLDER-OF-NODE_MODULES
"use strict";

const http = require("node:http");
const path = require("node:path");
const { createRequire } = require("node:module");

const [port, modules] = process.argv.slice(2);
const installed = createRequire(path.resolve(modules, "any.js"));
const cql = installed("cql-execution");
const { PatientSource } = installed("cql-exec-fhir");

const SCT = "http://snomed.info/sct";
const CM = "http://hl7.org/fhir/sid/icd-10-cm";
const codes = (system, ...listed) => ({ 1: listed.map((code) => ({ system, code, version: null })) });
const terminology = new cql.CodeService({
  "urn:bench:lumbar-operation": codes(SCT, "178625001"),
  "urn:bench:low-back-or-leg-pain": codes(CM, "M54.50", "M54.51", "M54.59", "M54.16", "M54.17", "M54.31", "M54.32"),
  "urn:bench:lumbar-radiculopathy": codes(CM, "M54.16", "M54.17"),
  "urn:bench:lumbar-mri": codes("http://loinc.org", "24967-2", "24968-0", "30679-5"),
});
const executor = new cql.Executor(new cql.Library(require("./criteria.json")), terminology);
const model = PatientSource.FHIRv401();
const CRITERIA = [
  "Lumbar surgery", "Pain after surgery", "Several operations", "Pain-free interval", "Radiculopathy after surgery",
  "MRI is due",
];

/** The patient of one call; the model of FHIR, which takes longest to load, is shared. */
function patientOf(prefetch) {
  const entry = [];
  for (const sent of Object.values(prefetch)) {
    if (sent.resourceType === "Bundle") entry.push(...(sent.entry ?? []));
    else entry.push({ resource: sent });
  }
  const source = Object.create(model);
  source.reset();
  source.loadBundles([{ resourceType: "Bundle", type: "collection", entry }]);
  return source;
}

async function answer(body) {
  const told = await executor.exec(patientOf(JSON.parse(body).prefetch));
  const held = Object.values(told.patientResults)[0];
  const cards = CRITERIA.filter((name) => held[name] === true).map((name) => ({
    summary: name,
    indicator: "info",
    source: { label: "CQL" },
  }));
  return JSON.stringify({ cards });
}

function respond(response, status, text) {
  response.writeHead(status, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(text) });
  response.end(text);
}

http
  .createServer((request, response) => {
    const parts = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", () => {
      if (request.method === "GET") return respond(response, 200, "{}");
      return answer(Buffer.concat(parts).toString()).then(
        (text) => respond(response, 200, text),
        (error) => respond(response, 500, JSON.stringify({ error: String(error) })),
      );
    });
  })
  .listen(Number(port), "127.0.0.1");
