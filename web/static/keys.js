// Single-key shortcuts on the page of a call. They can be switched off, and that is remembered on this machine.

"use strict";

const KEPT = "lianxin.keys-off";
const switched = document.getElementById("keys-on");
switched.checked = localStorage.getItem(KEPT) === null;
document.getElementById("keys").hidden = false;

const showKeys = () => document.querySelectorAll(".choice kbd").forEach((key) => { key.hidden = !switched.checked; });
showKeys();
document.addEventListener("corrected", showKeys);
switched.addEventListener("change", () => {
  if (switched.checked) localStorage.removeItem(KEPT); else localStorage.setItem(KEPT, "1");
  showKeys();
});

const playOrPause = () => {
  const sounds = [...document.querySelectorAll("audio")];
  const sound = sounds.find((one) => !one.paused) ?? sounds.find((one) => one.currentTime > 0) ?? sounds[0];
  if (sound?.paused) sound.play().catch(() => {}); else sound?.pause();  // a pause before it began is no error
};

const actions = {
  " ": playOrPause,
  j: () => document.getElementById("older")?.click(),
  k: () => document.getElementById("newer")?.click(),
  n: () => document.dispatchEvent(new Event("note-wanted")),
  l: () => document.dispatchEvent(new Event("link-wanted")),
  1: () => document.querySelector("[data-key='1']")?.click(),
  2: () => document.querySelector("[data-key='2']")?.click(),
  3: () => document.querySelector("[data-key='3']")?.click(),
};

/** Whether the control that has the focus uses this key itself. Links do not use Space; on words it plays and pauses. */
const ownKey = (event) =>
  event.target.closest("input, select, textarea, audio") || (event.key === " " && event.target.closest("button"));

document.addEventListener("keydown", (event) => {
  const action = actions[event.key];
  const on = switched.checked || (event.key === " " && event.target.closest(".word"));
  if (!action || !on || event.altKey || event.ctrlKey || event.metaKey || ownKey(event)) return;
  event.preventDefault();
  if (!event.repeat) action();
});
