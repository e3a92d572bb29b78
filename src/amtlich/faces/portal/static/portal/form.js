// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: 2026 Amtlich contributors

// Two comforts that forms also do without: the error summary takes the focus, and a form that is on
// its way is not sent a second time by a double click (the server would answer with the same receipt).

(() => {
  const errors = document.getElementById("fehler");
  if (errors) errors.focus();

  for (const form of document.querySelectorAll("main form[method=post]")) {
    let sent = false;
    form.addEventListener("submit", (event) => {
      if (sent) event.preventDefault();
      sent = true;
    });
    // Coming back with the back button finds the page as it was left: it must be sendable again.
    window.addEventListener("pageshow", () => { sent = false; });
  }
})();
