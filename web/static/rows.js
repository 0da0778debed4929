// In the list, j and k go down and up among the calls; Enter opens. Arrows and Tab work without it.

"use strict";

document.addEventListener("keydown", (event) => {
  if (!["j", "k"].includes(event.key) || event.altKey || event.ctrlKey || event.metaKey) return;
  if (localStorage.getItem("lianxin.keys-off") !== null || event.target.closest("input, select, textarea")) return;
  const links = [...document.querySelectorAll(".call .words a")];
  const here = links.indexOf(document.activeElement);
  links[event.key === "j" ? Math.min(here + 1, links.length - 1) : Math.max(here - 1, 0)]?.focus();
  event.preventDefault();
});
