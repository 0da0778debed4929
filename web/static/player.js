// Lights up each word as it is heard, and plays from the word that is chosen. Without it every time is a link to the sound.

"use strict";

const SCROLLING = ["ArrowUp", "ArrowDown", "PageUp", "PageDown"];  // Home and End move among the words too

const AT_ONCE = 8;  // words back to look for one that is still said: people talk into each other

/** What can be heard of a call: its sound, and its words in order of time. Both sides may speak at once. */
function follow(section) {
  const audio = section.querySelector("audio");
  const past = section.querySelector(".past"), timeOf = (word) => Number(word.dataset.start);
  let words = [], starts = [], ends = [], now = [], lit = null, aimed = null, following = true;

  const playFrom = (seconds) => {
    audio.currentTime = seconds;
    audio.play().catch(() => {});  // a pause before it began is no error
    show();
  };

  /** Index of the last word that has begun, or -1. */
  const begun = (time) => {
    let low = 0, high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= time) low = middle + 1; else high = middle;
    }
    return low - 1;
  };

  /** The words that are said at a time; `last` is the one that began last. */
  const saidAt = (time, last) => {
    const from = Math.max(0, last - AT_ONCE);
    return words.slice(from, last + 1).filter((_, at) => time < ends[from + at]);
  };

  const light = (turns) => {
    for (const turn of section.querySelectorAll(".turn.is-current")) turn.classList.toggle("is-current", turns.has(turn));
    for (const turn of turns) turn?.classList.add("is-current");
  };

  /** Scroll to a word that has left the window, while the reader reads along: the word before it was in view. */
  const keepUp = (word) => {
    const along = following && (!lit || lit === aimed || inView(lit));
    lit = word;
    if (!along || inView(word)) return;
    aimed = word;  // it may still be on its way when the next one lights up
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    word.scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
  };

  const show = () => {
    const time = audio.currentTime;
    const last = begun(time + 0.02); // a word's start is written with two digits
    const heard = saidAt(time, last);
    if (heard.length !== now.length || heard.some((word, at) => word !== now[at])) {
      for (const word of now) word.classList.remove("is-now");
      for (const word of heard) word.classList.add("is-now");
      if (heard.length && !audio.paused) keepUp(heard.at(-1));
      now = heard;
    }
    light(new Set((heard.length ? heard : words.slice(last, last + 1)).map((word) => word.closest(".turn"))));
    past.textContent = clock(time);
  };

  const run = () => {
    show();
    if (!audio.paused && !audio.ended) requestAnimationFrame(run);
  };
  audio.addEventListener("play", () => requestAnimationFrame(run));
  for (const moved of ["seeking", "seeked", "pause", "ended", "timeupdate"]) audio.addEventListener(moved, show);

  // Whoever scrolls away is left alone, until a place to hear is chosen again.
  const leave = () => { following = false; };
  for (const scrolled of ["wheel", "touchmove"]) document.addEventListener(scrolled, leave, { passive: true });
  document.addEventListener("keydown", (event) => { if (SCROLLING.includes(event.key)) leave(); });
  audio.addEventListener("seeking", () => { following = true; lit = null; });

  const read = () => {
    words = [...section.querySelectorAll(".word")].sort((one, other) => timeOf(one) - timeOf(other));
    starts = words.map(timeOf);
    ends = words.map((word) => Number(word.dataset.end));
    now = [];
    choosable([...section.querySelectorAll(".word")], (word) => playFrom(timeOf(word)));
  };
  read();
  document.addEventListener("corrected", read);
  section.querySelector(".clock").hidden = false;
  section.querySelector(".word-hint")?.removeAttribute("hidden");
  section.querySelector(".plain-hint")?.setAttribute("hidden", "");
  section.playFrom = playFrom;
}

/** The second on the call's clock at which a recording begins; 0 for one that is not there. */
function beginOf(section, recording) {
  const at = section.dataset.heard.split(" ").indexOf(recording);
  return at < 0 ? 0 : Number(section.dataset.begins.split(" ")[at]);
}

/** How fast it is played; kept on this machine. */
function atSpeed(section) {
  const chosen = section.querySelector("#speed"), audio = section.querySelector("audio");
  const set = () => { audio.playbackRate = audio.defaultPlaybackRate = Number(chosen.value); };
  chosen.value = localStorage.getItem("lianxin.speed") ?? "1";
  if (!chosen.value) chosen.value = "1";
  set();
  chosen.addEventListener("change", () => {
    localStorage.setItem("lianxin.speed", chosen.value);
    set();
  });
  chosen.closest("label").hidden = false;
}

/** Seconds as minutes and seconds, with hours where there are any. */
function clock(time) {
  const two = (number) => String(number).padStart(2, "0");
  const seconds = Math.floor(time), minutes = Math.floor(seconds / 60), hours = Math.floor(minutes / 60);
  return (hours ? `${hours}:${two(minutes % 60)}` : `${minutes}`) + `:${two(seconds % 60)}`;
}

/** Words act as buttons. One of them at a time is in the tab order; arrows move among them. */
function choosable(words, choose) {
  const move = (from, to) => {
    if (!words[to]) return;
    words[from].tabIndex = -1;
    words[to].tabIndex = 0;
    words[to].focus();
  };
  words.forEach((word, index) => {
    if (word.role) return;
    word.setAttribute("role", "button");
    word.tabIndex = index ? -1 : 0;
    word.addEventListener("click", () => choose(word));
    word.addEventListener("keydown", (event) => {
      const steps = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: words.length - 1 };
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.key in steps) move(index, steps[event.key]);
      else if (event.key === "Enter") choose(word);  // Space plays and pauses, as everywhere on the page
      else return;
      event.preventDefault();
    });
  });
}

/** Whether a word can be read: below what of the player stays at the top, and not under the window's edge. */
function inView(word) {
  const box = word.getBoundingClientRect(), above = [...document.querySelectorAll(".player, .controls")];
  const covered = Math.max(0, ...above.map((part) => part.getBoundingClientRect().bottom));
  return box.top >= covered && box.bottom <= window.innerHeight - 16;
}

const heard = document.querySelector("[data-heard]");
if (heard?.querySelector("audio")) {
  follow(heard);
  atSpeed(heard);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-seek]");
  if (!link || !heard?.playFrom || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  heard.playFrom(Number(link.dataset.seek) + beginOf(heard, link.dataset.of ?? ""));
});
