// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: 2026 Amtlich contributors

// Warns five minutes before the session ends, and makes it longer without leaving the page. Counts
// seconds from the moment the page came, so a device whose clock is wrong warns at the right time.
// Before it warns it asks: another window may have made the session longer. Asking prolongs nothing.

(() => {
  const box = document.getElementById("sitzung");
  if (!box) return;
  const announcement = document.getElementById("sitzung-ansage");
  const sentence = document.getElementById("sitzung-bis");
  const form = box.querySelector("form");
  const WARN = 5 * 60;
  const LONGEST_TIMER = 2 ** 31 - 1;
  let ending = box.dataset.ending;
  let end = Date.now() + Number(box.dataset.seconds) * 1000;
  let timer = 0;

  const left = () => (end - Date.now()) / 1000;
  const after = (seconds, act) => {
    clearTimeout(timer);
    timer = setTimeout(act, Math.min(Math.max(seconds, 0) * 1000 + 200, LONGEST_TIMER));
  };

  const ask = async (method, body) => {
    const answer = await fetch("/anmelden/verlaengern/", { method, body, headers: { "X-Fragment": "session" }, cache: "no-store", redirect: "error" });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  };

  const take = (told) => {
    end = Date.now() + told.seconds * 1000;
    if (!told.seconds) return;
    sentence.textContent = told.sentence;
    ending = told.ending;
    if (form && told.last) form.hidden = true;
  };

  const over = () => {
    box.classList.add("is-ending");
    sentence.hidden = true;
    if (form) form.hidden = true;
    const told = box.querySelector(".am-session__over");
    told.hidden = false;
    announcement.textContent = told.textContent;
  };

  const look = async () => {
    if (left() > WARN) { after(left() - WARN, look); return; }
    try { take(await ask("GET")); } catch { /* off-line: what the page knows must do */ }
    if (left() <= 0) { over(); return; }
    if (left() > WARN) { box.classList.remove("is-ending"); after(left() - WARN, look); return; }
    box.classList.add("is-ending");
    announcement.textContent = ending;
    after(left(), look);
  };

  if (form) {
    box.querySelector(".am-session__hint").hidden = true;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      try {
        const told = await ask("POST", new URLSearchParams(new FormData(form)));
        take(told);
        if (!told.seconds) { over(); return; }
        announcement.textContent = told.longer;
        box.classList.toggle("is-ending", left() <= WARN);
        after(left() > WARN ? left() - WARN : left(), look);
      } catch {
        form.submit(); // in a window of its own, as without this script
      }
    });
  }
  // A device that slept has not counted.
  document.addEventListener("visibilitychange", () => { if (!document.hidden && left() <= WARN) look(); });
  after(left() - WARN, look);
})();
