// Corrects without leaving the page: the reader keeps the place, the focus and the sound. Without it the form is sent.

"use strict";

const CHANGED = ["#category", ".glance", ".events"];
const SHOWN_FOR = 6000;  // milliseconds that the answer floats over the page when its card is out of sight

let queue = Promise.resolve();  // one after the other: the last click is the last word

document.addEventListener("submit", (event) => {
  if (!event.target.matches(".correct") || !event.submitter) return;
  event.preventDefault();
  const wanted = event.submitter.value, form = new FormData(event.target, event.submitter), address = event.target.action;
  queue = queue.then(() => send(address, form)).then((answer) => show(answer, wanted), unsaved);
});

/** Send the form; gives the page that follows, or nothing after going to where the answer leads instead. */
async function send(address, form) {
  const answer = await fetch(address, { method: "POST", body: form });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (answer.ok && page.querySelector("#category")) return page;
  if (!answer.ok || !answer.redirected) throw new Error(`${answer.status}`);
  location.assign(answer.url);  // the session has ended: sign in, and come back
  return null;
}

function show(page, wanted) {
  if (!page) return;
  const focused = document.getElementById("category").contains(document.activeElement);
  const before = topOf(fixed(wanted));
  for (const part of CHANGED) {
    const fresh = page.querySelector(part);
    if (fresh) document.querySelector(part)?.replaceWith(document.adoptNode(fresh));
  }
  document.dispatchEvent(new Event("corrected"));
  if (focused) choice(wanted).focus({ preventScroll: true });
  const moved = topOf(fixed(wanted)) - before;
  if (moved) window.scrollBy({ top: moved, behavior: "instant" });
  const said = document.querySelector("#category .flash");
  if (said && !whole(said)) floatUp(said);
}

function unsaved() {
  const trouble = document.getElementById("unsaved");
  trouble.hidden = false;
  if (!whole(trouble)) floatUp(trouble);
  renewTokens().catch(() => {});  // without a network the old ones must do
}

/** Somebody may have signed in anew in another window, where this page's tokens mean nothing. */
async function renewTokens() {
  const answer = await fetch(location.href);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[name=csrf_token]");
  for (const token of document.querySelectorAll("[name=csrf_token]")) token.value = fresh?.value ?? token.value;
}

/** What must not move under the reader's eyes: the button, or the text while the card stands beside it or out of sight. */
function fixed(wanted) {
  const judging = document.querySelector(".judging");
  const beside = getComputedStyle(judging).position === "sticky";
  return beside || !seen(judging) ? document.querySelector(".heard") : choice(wanted);
}

const choice = (wanted) => document.querySelector(`.choice[value="${CSS.escape(wanted)}"]`);
const topOf = (element) => element.getBoundingClientRect().top;

function seen(element) {
  const box = element.getBoundingClientRect();
  return box.bottom > 0 && box.top < window.innerHeight;
}

function whole(element) {
  const box = element.getBoundingClientRect();
  return box.top >= 0 && box.bottom <= window.innerHeight;
}

function floatUp(line) {
  line.classList.add("is-afloat");
  setTimeout(() => line.classList.remove("is-afloat"), SHOWN_FOR);
}
