// A moment of a call: a link leads to it, a note is written on it. Without it the moment of a note is typed.

"use strict";

const playing = document.querySelector("[data-heard]")?.playFrom ? document.querySelector("[data-heard]") : null;
const secondOf = () => playing?.querySelector("audio").currentTime ?? 0;

/** The address of this page at the moment that is heard. */
function momentLink() {
  const address = new URL(location.href);
  address.searchParams.delete("t");
  address.hash = playing ? `t=${secondOf().toFixed(2)}` : "";
  return address.href;
}

/** Go to the moment of the address (#t= or ?t=, with r= in that recording): the sound stands there, its word is in sight. */
function arrive() {
  const asked = [location.hash, location.search].map((part) => new URLSearchParams(part.slice(1)));
  const moment = asked.find((part) => part.has("t")), wanted = Number(moment?.get("t"));
  if (!moment || !Number.isFinite(wanted) || !playing) return;
  const seconds = wanted + beginOf(playing, moment.get("r") ?? "");
  playing.querySelector("audio").currentTime = seconds;
  const words = [...playing.querySelectorAll(".word")];
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

/** The note's moment is written as that of the recording in which it lies. */
function noteHere() {
  const at = document.getElementById("note-at"), second = secondOf();
  if (playing && at && second > 0) {
    const [begins, lengths] = ["begins", "lengths"].map((name) => playing.dataset[name].split(" ").map(Number));
    const inside = begins.findIndex((begin, part) => begin <= second && second <= begin + lengths[part]);
    const part = Math.max(0, inside);
    at.value = clock(Math.max(0, second - begins[part]));
    document.getElementById("note-recording").value = playing.dataset.heard.split(" ")[part];
  }
  document.getElementById("note-text").focus();
}

const offerLink = () => { document.getElementById("copy-link").hidden = !playing; };
offerLink();
document.addEventListener("corrected", offerLink);
document.addEventListener("click", (event) => { if (event.target.closest("#copy-link")) copyLink(); });
document.addEventListener("link-wanted", copyLink);
document.addEventListener("note-wanted", noteHere);
window.addEventListener("hashchange", arrive);
arrive();
