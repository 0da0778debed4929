// The agents' desk keeps itself fresh. Without it the page is renewed by its link.

"use strict";

const EVERY = 2000;  // milliseconds
const live = document.getElementById("queue-live");
let shown = live.innerHTML;

/** What is worth saying aloud: that it rings. */
function say() {
  const text = live.querySelector("[data-said]")?.dataset.said ?? "", said = document.getElementById("queue-said");
  if (said.textContent !== text) said.textContent = text;
}

/** Fetch the page's live part; whoever is choosing from a list or pressing a button is not disturbed. */
async function renew() {
  if (document.hidden || live.querySelector("select:focus, button:active")) return;
  const answer = await fetch(live.dataset.from, { redirect: "manual" }).catch(() => null);
  if (answer?.type === "opaqueredirect") return location.reload();  // signed out meanwhile: to the sign-in
  if (!answer?.ok) return;
  const fresh = await answer.text();
  if (fresh === shown || live.querySelector("select:focus, button:active")) return;
  const focused = live.contains(document.activeElement) ? document.activeElement.id : "";
  const chosen = [...live.querySelectorAll("select")].map((one) => [one.id, one.value]);
  const scrolled = [...live.querySelectorAll(".scrolls[id]")].map((one) => [one.id, one.scrollLeft]);
  live.innerHTML = shown = fresh;
  for (const [id, value] of chosen) {
    const list = document.getElementById(id);
    if (list && [...list.options].some((one) => one.value === value)) list.value = value;
  }
  for (const [id, left] of scrolled) document.getElementById(id)?.scrollTo({ left, behavior: "instant" });
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  say();
}

say();
setInterval(renew, EVERY);
document.addEventListener("visibilitychange", renew);
