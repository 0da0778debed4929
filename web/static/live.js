// On the newest page of the list, says when calls came in or changed since; nothing moves under the reader's hands.

"use strict";

const fresh = document.getElementById("fresh");
if (fresh) {
  const calls = new Set(), source = new EventSource(fresh.dataset.from);
  const happened = (event) => {
    calls.add(JSON.parse(event.data).call_id);
    fresh.querySelector("b").textContent = calls.size;
    fresh.hidden = false;
  };
  for (const name of ["call.began", "call.ended", "call.transcribed", "call.understood", "category.corrected"]) {
    source.addEventListener(name, happened);
  }
  addEventListener("pagehide", () => source.close());
}
