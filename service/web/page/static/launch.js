// Where an EHR opens the page: find the registration for its FHIR server, then ask for the chart (PKCE, S256).
import { byId } from "./dom.js";
import { authorize } from "./smart.js";

const told = new URLSearchParams(location.search);
const about = await (await fetch("about.json")).json();
const iss = told.get("iss") || "";
const ehr = about.ehrs.find((each) => each.iss.replace(/\/$/, "") === iss.replace(/\/$/, ""));
if (!ehr) byId("state").textContent = "This EHR is not registered with this service. Your IT department can add it.";
else authorize(ehr, about, told.get("launch")).catch(() => {
  byId("state").textContent = "The EHR did not open the chart. Please close this window and try again.";
});
