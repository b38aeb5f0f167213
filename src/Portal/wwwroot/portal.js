"use strict";
// Keeps an open page current: asks for the same page again and exchanges what changed. Without script the page still works.
const period = 4000;
const main = document.getElementById("main");
const live = document.getElementById("live");
let shown = null;

function localTimes(root) {
  for (const time of root.querySelectorAll("time")) {
    const at = new Date(time.dateTime);
    time.title = at.toISOString();
    time.textContent = at.toLocaleString("sv-SE");
  }
}

function exchange(fresh) {
  const open = [...main.querySelectorAll("details[open]")].map(d => d.id);
  const scrolled = new Map([...main.querySelectorAll("details .files")].map(f => [f.parentElement.id, f.scrollTop]));
  const focus = main.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  main.replaceChildren(...fresh.childNodes);
  if (focus) main.querySelector(`[href="${CSS.escape(focus)}"]`)?.focus({ preventScroll: true });
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  for (const [id, top] of scrolled) document.getElementById(id)?.querySelector(".files")?.scrollTo(0, top);
}

async function poll() {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (answer.status >= 500) throw new Error(String(answer.status));
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("main");
    const editing = main.contains(document.activeElement) && document.activeElement.matches("input, select, textarea");
    if (fresh && fresh.innerHTML !== shown && !editing) {
      shown = fresh.innerHTML;
      localTimes(fresh);
      exchange(fresh);
    }
    live.className = "live";
    live.textContent = "Live";
  } catch {
    live.className = "live lost";
    live.textContent = "Connection lost, trying again";
  }
  live.hidden = false;
}

async function run() {
  if (!document.hidden) await poll();
  setTimeout(run, period);
}

shown = main.innerHTML;
localTimes(main);
document.addEventListener("visibilitychange", () => { if (!document.hidden) poll(); });
setTimeout(run, period);
live.textContent = "Live";
live.hidden = false;
