// Lights up each word as it is heard, and plays from the word that is chosen. Without it every time is a link to the sound.

"use strict";

const SCROLLING = ["ArrowUp", "ArrowDown", "PageUp", "PageDown"];  // Home and End move among the words too

/** One recording: its sound, its words in order of time, and the strip above them. */
function follow(section) {
  const audio = section.querySelector("audio");
  const words = [...section.querySelectorAll(".word")];
  if (!audio) return;
  const starts = words.map((word) => Number(word.dataset.start));
  const ends = words.map((word) => Number(word.dataset.end));
  const strip = section.querySelector(".strip"), past = section.querySelector(".past");
  let now = -1, lit = null, aimed = null, following = true;

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
    const heard = last >= 0 && time < ends[last] ? last : -1;
    if (heard !== now) {
      words[now]?.classList.remove("is-now");
      words[heard]?.classList.add("is-now");
      if (heard >= 0 && !audio.paused) keepUp(words[heard]);
      now = heard;
    }
    past.textContent = clock(time);
    strip?.querySelector(".head").setAttribute("x", (time / Number(strip.dataset.seconds)) * 1000);
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

  strip?.addEventListener("click", (event) => {
    const box = strip.getBoundingClientRect();
    playFrom(((event.clientX - box.left) / box.width) * Number(strip.dataset.seconds));
  });
  choosable(words, (word) => playFrom(Number(word.dataset.start)));
  section.querySelector(".clock").hidden = false;
  section.querySelector(".word-hint")?.removeAttribute("hidden");
  section.querySelector(".plain-hint")?.setAttribute("hidden", "");
  section.playFrom = playFrom;
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

/** Whether a word can be read: below the player, which stays at the top, and not under the window's edge. */
function inView(word) {
  const box = word.getBoundingClientRect();
  return box.top >= 120 && box.bottom <= window.innerHeight - 16;
}

document.querySelectorAll("[data-recording]").forEach(follow);

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-seek]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const section = link.closest("[data-recording]") ?? document.querySelector(`[data-recording="${link.dataset.of}"]`);
  if (!section?.playFrom) return;
  event.preventDefault();
  section.playFrom(Number(link.dataset.seek));
});
