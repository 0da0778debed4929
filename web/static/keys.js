// Single-key shortcuts on the page of a call. They can be switched off, and that is remembered on this machine.

"use strict";

const KEPT = "lianxin.keys-off";
const AGAIN = 5;  // seconds to go back
const switched = document.getElementById("keys-on");
switched.checked = localStorage.getItem(KEPT) === null;
document.getElementById("keys").hidden = false;

const showKeys = () => {
  const keys = document.querySelectorAll(".choice kbd, .undo kbd, .transcript-head kbd, .wave-tools kbd");
  for (const key of keys) key.hidden = !switched.checked;
};
showKeys();
document.addEventListener("corrected", showKeys);
switched.addEventListener("change", () => {
  if (switched.checked) localStorage.removeItem(KEPT); else localStorage.setItem(KEPT, "1");
  showKeys();
});

const sound = document.querySelector("audio"), help = document.getElementById("keys-help");

const playOrPause = () => {
  if (sound?.paused) sound.play().catch(() => {}); else sound?.pause();  // a pause before it began is no error
};

const again = () => { if (sound) sound.currentTime = Math.max(0, sound.currentTime - AGAIN); };

/** One step slower or faster, as if chosen from the list. */
const speed = (step) => {
  const list = document.getElementById("speed");
  if (!list) return;
  list.selectedIndex = Math.min(list.options.length - 1, Math.max(0, list.selectedIndex + step));
  list.dispatchEvent(new Event("change"));
};

const click = (selector) => () => document.querySelector(selector)?.click();
const want = (name, detail) => () => document.dispatchEvent(new CustomEvent(name, { detail }));

const actions = {
  " ": playOrPause, b: again, "[": () => speed(-1), "]": () => speed(1),
  ",": want("mark-wanted", "previous"), ".": want("mark-wanted", "next"),
  j: click("#older"), k: click("#newer"), n: want("note-wanted"), l: want("link-wanted"),
  e: want("rewrite-wanted"), u: click("#undo-last"), q: click("#in-doubt"), w: click("#as-said"),
  1: click("[data-key='1']"), 2: click("[data-key='2']"), 3: click("[data-key='3']"),
  "?": () => help.showModal(),
};
Object.assign(actions, { "，": actions[","], "。": actions["."], "？": actions["?"] });  // typed with a Chinese keyboard
document.getElementById("keys-show").addEventListener("click", actions["?"]);

/** Whether the control that has the focus uses this key itself. Links do not use Space; on words it plays and pauses. */
const ownKey = (event) =>
  event.target.closest("input, select, textarea, audio") || (event.key === " " && event.target.closest("button"));

document.addEventListener("keydown", (event) => {
  const action = actions[event.key];
  const on = switched.checked || (event.key === " " && event.target.closest(".word"));
  if (!action || !on || help.open || event.altKey || event.ctrlKey || event.metaKey || ownKey(event)) return;
  event.preventDefault();
  if (!event.repeat) action();
});
