// A moment of a call: a link leads to it, a note is written on it. Without it the moment of a note is typed.

"use strict";

/** The recording that was heard last, or else the first one. */
function heardLast() {
  const sections = [...document.querySelectorAll("[data-recording]")].filter((section) => section.playFrom);
  return sections.find((section) => section.querySelector("audio").currentTime > 0) ?? sections[0];
}

const atOf = (section) => section?.querySelector("audio").currentTime ?? 0;

/** The address of this page at the moment that is heard. */
function momentLink() {
  const section = heardLast(), address = new URL(location.href);
  address.hash = section ? `t=${atOf(section).toFixed(2)}&r=${section.dataset.recording}` : "";
  return address.href;
}

/** Go to the moment of the address: the sound stands there, and its word is in sight. It plays when the reader says so. */
function arrive() {
  const moment = new URLSearchParams(location.hash.slice(1)), seconds = Number(moment.get("t"));
  const section = document.querySelector(`[data-recording="${CSS.escape(moment.get("r") ?? "")}"]`) ?? heardLast();
  if (!moment.has("t") || !Number.isFinite(seconds) || !section?.playFrom) return;
  section.querySelector("audio").currentTime = seconds;
  const words = [...section.querySelectorAll(".word")];
  const word = words.findLast((one) => Number(one.dataset.start) <= seconds + 0.02) ?? words[0];
  word?.scrollIntoView({ block: "center" });
  word?.focus({ preventScroll: true });
}

async function copyLink() {
  const said = document.getElementById("link-copied"), link = momentLink();
  history.replaceState(null, "", link);  // where copying is not allowed, the address line has it
  await navigator.clipboard?.writeText(link).catch(() => {});
  said.textContent = said.dataset.said;
}

function noteHere() {
  const section = heardLast(), at = document.getElementById("note-at");
  if (section && at && atOf(section) > 0) {
    at.value = clock(atOf(section));
    document.getElementById("note-recording").value = section.dataset.recording;
  }
  document.getElementById("note-text").focus();
}

const copy = document.getElementById("copy-link");
copy.hidden = !heardLast();
copy.addEventListener("click", copyLink);
document.addEventListener("link-wanted", copyLink);
document.addEventListener("note-wanted", noteHere);
window.addEventListener("hashchange", arrive);
arrive();
