// Draws the sound, a lane for each side, with marks to jump to. Without it there is the sound itself, and every mark is a link elsewhere on the page.

"use strict";

const NONCE = document.currentScript.nonce;  // wavesurfer.js brings a style sheet of its own
const LANE = 44, NARROW = 26;  // pixels: the height of a lane, and what a mark needs for a finger

/** The colour that the page gives a name, by day or by night. */
const paint = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** Each lane in its colour, what was heard already in the stronger one. */
const looks = (lanes) => lanes.map(({ side }) => ({
  waveColor: paint(side === "agent" ? "--lane-agent" : "--lane-caller"), progressColor: paint("--accent"), overlay: false,
}));

async function draw(section) {
  const box = section.querySelector(".drawing"), audio = section.querySelector("audio");
  const answer = await fetch(box.dataset.from).catch(() => null);
  if (!answer?.ok) return;
  const { seconds, lanes } = await answer.json();
  const loudest = Math.max(1, ...lanes.flatMap(({ levels }) => levels));
  box.hidden = false;
  const wave = WaveSurfer.create({
    container: box.querySelector(".wave"), media: audio, duration: seconds, cspNonce: NONCE, height: LANE,
    peaks: lanes.map(({ levels }) => levels.map((level) => level / loudest)), splitChannels: looks(lanes),
    cursorColor: paint("--alarm"), cursorWidth: 2, dragToSeek: true, autoCenter: false,
  });
  wave.on("interaction", (second) => section.playFrom(second));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    wave.setOptions({ splitChannels: looks(lanes), cursorColor: paint("--alarm") });
  });
  const set = () => place(section, wave, seconds);
  document.addEventListener("corrected", set);
  for (const moved of ["redrawcomplete", "scroll", "zoom", "resize"]) wave.on(moved, set);
  zoomable(box, wave, seconds);
}

/** Put every mark over its second, those too close to each other one above the other. */
function place(section, wave, seconds) {
  const marks = [...section.querySelectorAll(".marks li")], ends = [];
  const whole = wave.getWrapper().clientWidth, seen = section.querySelector(".wave").clientWidth;
  for (const mark of marks) {
    const left = (Number(mark.firstElementChild.dataset.seek) / seconds) * whole - wave.getScroll();
    const inside = Math.min(Math.max(left - NARROW / 2, 0), seen - NARROW);
    mark.classList.toggle("is-away", left < 0 || left > seen);
    if (left < 0 || left > seen) continue;
    let row = ends.findIndex((end) => end <= inside);
    if (row < 0) row = ends.length;
    ends[row] = inside + NARROW;
    mark.style.left = `${inside}px`;
    mark.style.top = `${row * NARROW}px`;
  }
  section.querySelector(".marks").style.height = `${ends.length * NARROW}px`;
}

function zoomable(box, wave, seconds) {
  let zoom = 1;
  for (const button of box.querySelectorAll("[data-zoom]")) {
    button.addEventListener("click", () => {
      zoom = Math.min(16, Math.max(1, zoom * Number(button.dataset.zoom)));
      wave.zoom((box.querySelector(".wave").clientWidth / seconds) * zoom);
    });
  }
}

/** Play from the mark after or before what is heard, and say which it is. Those of one second come one after the other. */
function jump(section, forward) {
  const time = section.querySelector("audio").currentTime, marks = [...section.querySelectorAll(".mark")];
  const at = (mark) => Number(mark.dataset.seek);
  const here = marks.findLastIndex((one) => at(one) <= time + 0.05), told = section.querySelector(".mark.is-told");
  const among = here >= 0 && told && Math.abs(at(told) - at(marks[here])) < 0.05 ? marks.indexOf(told) : here;
  const again = among >= 0 && time - at(marks[among]) >= 1;  // back: first to the begin of what is heard
  const mark = marks[forward ? among + 1 : again ? among : among - 1];
  if (!mark) return;
  section.playFrom(at(mark));
  tell(section, mark);
}

function tell(section, mark) {
  section.querySelector(".mark.is-told")?.classList.remove("is-told");
  mark.classList.add("is-told");
  section.querySelector(".mark-said").textContent = mark.ariaLabel;
}

const drawn = document.querySelector("[data-heard]");
if (drawn?.querySelector(".drawing")) {
  draw(drawn);
  drawn.addEventListener("click", (event) => {
    const mark = event.target.closest(".mark"), step = event.target.closest("[data-mark]");
    if (mark) tell(drawn, mark);
    if (step) jump(drawn, step.dataset.mark === "next");
  });
  drawn.addEventListener("focusin", (event) => { if (event.target.matches(".mark")) tell(drawn, event.target); });
  document.addEventListener("mark-wanted", (event) => jump(drawn, event.detail === "next"));
}
