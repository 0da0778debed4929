// Corrects without leaving the page: the reader keeps the place, the focus and the sound. Without it the form is sent.

"use strict";

const CHANGED = ["#category", ".glance", ".events"];
const REWRITTEN = [...CHANGED, "#said", ".marks", ".transcript"];
const NOTED = ["#notes", ".marks", ".events"];
const SHOWN_FOR = 6000;  // milliseconds that the answer floats over the page when its card is out of sight

let queue = Promise.resolve();  // one after the other: the last click is the last word

document.addEventListener("submit", (event) => {
  if (!event.target.matches(".correct, .change, #notes form")) return;
  event.preventDefault();
  const form = new FormData(event.target, event.submitter), address = event.target.action;
  const wanted = event.target.matches(".correct") ? event.submitter?.value : "";
  const parts = event.target.closest("#notes") ? NOTED : wanted ? CHANGED : REWRITTEN;
  const sent = values(fieldsIn(event.target));
  queue = queue.then(() => send(address, form)).then((answer) => show(answer, parts, wanted, sent), unsaved);
});

// A turn has no lines: Enter saves it. Escape leaves it as it was.
document.addEventListener("keydown", (event) => {
  const box = event.target.closest(".rewrite");
  if (!box || event.isComposing) return;
  if (event.key === "Enter" && event.target.matches("textarea")) event.target.form.requestSubmit();
  else if (event.key === "Escape" && box.open) {
    box.open = false;
    box.querySelector("summary").focus();
  } else return;
  event.preventDefault();
});

document.addEventListener("rewrite-wanted", () => {
  const heard = [...document.querySelectorAll(".turn.is-current")].at(-1);  // of two who speak at once, who began last
  const turn = document.activeElement.closest(".turn") ?? heard ?? document.querySelector(".turn");
  const box = turn?.querySelector(".rewrite");
  if (!box) return;
  box.open = true;
  box.querySelector("textarea").focus();
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

function show(page, parts, wanted, sent) {
  if (!page) return;
  const unsent = halfWritten(sent), hand = grip(document.activeElement);
  const held = document.activeElement, turn = held.closest(".turn")?.id, inside = held.closest("[id]")?.id;
  const still = fixed(wanted), before = topOf(still()), said = page.querySelector(".flash");
  for (const part of parts) {
    const fresh = page.querySelector(part);
    if (fresh) document.querySelector(part)?.replaceWith(document.adoptNode(fresh));
  }
  document.dispatchEvent(new Event("corrected"));
  putBack(unsent);
  const refused = said?.matches(".is-note-refused");
  if (refused) writeAgain("#notes", sent);
  const place = parts === NOTED && !refused ? "notes" : held.id || inside;  // out of the field, for the keys to work again
  if (!held.isConnected && !grasp(hand)) refocus(wanted, turn, place);
  const moved = topOf(still()) - before;
  if (moved) window.scrollBy({ top: moved, behavior: "instant" });
  if (said && !whole(said)) floatUp(said);
}

/** The focus stays where it was: on the choice, the turn, or else the control or the part of the page that it was in. */
function refocus(wanted, turn, inside) {
  const part = document.getElementById(turn ?? inside);
  const place = (wanted ? choice(wanted) : null) ?? part?.querySelector(".word, summary") ?? part ?? document.getElementById("main");
  place.focus({ preventScroll: true });
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
  return beside || !wanted || !seen(judging) ? () => document.querySelector("#heard, .heard") : () => choice(wanted);
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
