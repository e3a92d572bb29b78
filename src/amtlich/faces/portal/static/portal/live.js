// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: 2026 Amtlich contributors

// Keeps an open case page current. Until this works, the page offers a link to load it anew.
// On every event the part of the page that may have changed is fetched and swapped; focus, open
// details and the place on the screen stay. What has changed is announced once, politely.

(() => {
  const region = document.getElementById("vorgang");
  const announcement = document.getElementById("ansage");
  if (!region || !("EventSource" in window)) return;

  const part = () => region.firstElementChild;
  let fetching = false;
  let again = false;

  const show = (live) => {
    const mark = region.querySelector("#stand");
    if (!mark) return;
    mark.dataset.state = live ? "on" : "off";
    mark.querySelector(".am-live").hidden = false;
    mark.querySelector("[data-live-on]").hidden = !live;
    mark.querySelector("[data-live-off]").hidden = live;
  };

  // The first element with an id that is on the screen: it must not move when the part is swapped.
  const anchor = () => {
    for (const element of region.querySelectorAll("[id]")) {
      const top = element.getBoundingClientRect().top;
      if (top >= 0 && top < window.innerHeight) return { id: element.id, top };
    }
    return null;
  };

  const swap = (html) => {
    const next = new DOMParser().parseFromString(html, "text/html").body.firstElementChild;
    const before = part();
    if (!next || !next.dataset.title) return;
    const held = window.scrollY > 0 ? anchor() : null;
    const active = region.contains(document.activeElement) ? document.activeElement : null;
    const focus = active && (active.id ? `#${CSS.escape(active.id)}` : active.getAttribute("href") && `a[href="${CSS.escape(active.getAttribute("href"))}"]`);
    const open = [...region.querySelectorAll("details[open][id]")].map((details) => details.id);
    region.replaceChildren(document.adoptNode(next));
    open.forEach((id) => { const details = document.getElementById(id); if (details) details.open = true; });
    if (focus) (region.querySelector(focus) || document.getElementById("inhalt")).focus({ preventScroll: true });
    const place = held && document.getElementById(held.id);
    if (place) window.scrollBy(0, place.getBoundingClientRect().top - held.top);
    document.title = next.dataset.title;
    if (next.dataset.announce !== before.dataset.announce) announcement.textContent = next.dataset.announce;
    show(stream.readyState === EventSource.OPEN);
  };

  // After a failure, here or in the stream, the next try comes after a longer pause each time.
  const SHORTEST = 2000, LONGEST = 60000;
  let stream = null, timer = 0, pause = SHORTEST, ended = false;
  const later = (what) => {
    show(false);
    clearTimeout(timer);
    if (!ended) timer = setTimeout(what, pause + Math.random() * 1000);
    pause = Math.min(pause * 2, LONGEST);
  };

  const refresh = async () => {
    if (fetching) { again = true; return; }
    fetching = true;
    try {
      const answer = await fetch(region.dataset.fragment, { headers: { "X-Fragment": "case", "X-Seen": part().dataset.seq }, cache: "no-store", redirect: "error" });
      // Logged out or somebody else by now: nothing here will come back by itself.
      ended = [401, 403, 404].includes(answer.status);
      if (!answer.ok) later(refresh);
      else if (answer.status !== 204) swap(await answer.text());
      else show(stream.readyState === EventSource.OPEN);
    } catch {
      later(refresh); // what the stream has told already it does not tell again
    }
    fetching = false;
    if (again) { again = false; refresh(); }
  };

  // A browser comes back to a stream by itself, with the last place it has seen, unless it was answered with
  // an error, of a proxy perhaps: then it gives up for good, and the stream is opened anew from here.
  const connect = () => {
    if (stream) stream.close();
    // The place at which this part was made: what has happened since then is told at once.
    stream = new EventSource(`${region.dataset.live}?seit=${encodeURIComponent(part().dataset.cursor || "")}`);
    stream.addEventListener("open", () => { pause = SHORTEST; show(true); });
    stream.addEventListener("changed", refresh);
    stream.addEventListener("reload", refresh);
    stream.addEventListener("error", () => {
      show(false);
      if (stream.readyState === EventSource.CLOSED) later(async () => { await refresh(); if (!ended) connect(); });
    });
  };

  connect();
  // A phone puts pages in the background to sleep; what came meanwhile is asked for on return.
  document.addEventListener("visibilitychange", async () => {
    if (document.hidden) return;
    await refresh();
    if (!ended && stream.readyState === EventSource.CLOSED) connect();
  });
  window.addEventListener("pagehide", () => { clearTimeout(timer); stream.close(); });
  window.addEventListener("pageshow", (event) => { if (event.persisted) window.location.reload(); });
})();
