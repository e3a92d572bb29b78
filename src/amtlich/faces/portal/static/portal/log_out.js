// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: 2026 Amtlich contributors

// Goes on by itself to where the provider's session is ended; without this script a button does it.

(() => {
  const form = document.getElementById("abmelden-anbieter");
  // Coming back with the back button finds the page again: then the person decides.
  if (form && performance.getEntriesByType("navigation")[0]?.type !== "back_forward") form.submit();
})();
