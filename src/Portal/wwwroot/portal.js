"use strict";
// Keeps an open page current: asks for the same page again and writes what differs into it, node by node. What the reader has focused,
// selected, typed or opened stays as it is until it is let go of. Without script the page still works.
const period = 4000;
const main = document.getElementById("main");
const live = document.getElementById("live");
let tag = "";
let heldBack = false;

function localTimes(root) {
  for (const time of root.querySelectorAll("time")) {
    const at = new Date(time.dateTime);
    time.title = at.toISOString();
    time.textContent = at.toLocaleString("sv-SE");
  }
}

function isTyped(control) {
  return control.value !== control.defaultValue || control.checked !== control.defaultChecked;
}

function isInUse(node) {
  const selection = getSelection();
  if (!selection.isCollapsed && selection.containsNode(node, true)) return true;
  return node.nodeType === Node.ELEMENT_NODE && (node.contains(document.activeElement) || node.matches("details[open]")
    || node.querySelector("details[open]") !== null || [...node.querySelectorAll("input, textarea")].some(isTyped));
}

function isSame(a, b) {
  return a.nodeName === b.nodeName && a.id === b.id && a.classList?.[0] === b.classList?.[0];
}

// From a node on, the one that a fresh node replaces; a node that comes later in the fresh page as well is not passed over.
function find(at, wanted, kept) {
  for (let node = at; node; node = node.nextSibling) {
    if (isSame(node, wanted)) return node;
    if (node.id && kept.has(node.id)) return null;
  }
  return null;
}

function drop(node) {
  const next = node.nextSibling;
  if (isInUse(node)) heldBack = true;
  else node.remove();
  return next;
}

function updateAttributes(node, fresh) {
  for (const { name } of [...node.attributes])
    if (!fresh.hasAttribute(name) && name !== "open") node.removeAttribute(name);
  for (const { name, value } of fresh.attributes)
    if (node.getAttribute(name) !== value) node.setAttribute(name, value);
}

function update(node, fresh) {
  if (node.isEqualNode(fresh)) return;
  if (node.nodeType !== Node.ELEMENT_NODE) {
    if (isInUse(node)) heldBack = true;
    else node.nodeValue = fresh.nodeValue;
    return;
  }
  if (node.matches("textarea, select, input:not([type=hidden], [type=radio])")) return;
  updateAttributes(node, fresh);
  const kept = new Set([...fresh.children].map(child => child.id));
  let at = node.firstChild;
  for (const wanted of [...fresh.childNodes]) {
    const found = find(at, wanted, kept);
    if (!found) {
      node.insertBefore(wanted, at);
      continue;
    }
    while (at !== found) at = drop(at);
    update(found, wanted);
    at = found.nextSibling;
  }
  while (at) at = drop(at);
}

async function poll() {
  try {
    const answer = await fetch(location.href, { headers: tag ? { "If-None-Match": tag } : {} });
    if (answer.status >= 500) throw new Error(String(answer.status));
    if (answer.status !== 304) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("main");
      localTimes(fresh);
      heldBack = false;
      update(main, fresh);
      document.title = page.title;
      tag = heldBack ? "" : answer.headers.get("ETag") ?? "";
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

localTimes(main);
document.addEventListener("visibilitychange", () => { if (!document.hidden) poll(); });
setTimeout(run, period);
live.textContent = "Live";
live.hidden = false;
