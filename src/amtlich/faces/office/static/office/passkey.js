// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: 2026 Amtlich contributors

// Asks the browser for a passkey and sends its answer with the form. Without this the form stays hidden.

(() => {
  if (!window.PublicKeyCredential) return;

  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

  const taken = (options) => ({
    ...options,
    challenge: bytes(options.challenge),
    ...(options.user && { user: { ...options.user, id: bytes(options.user.id) } }),
    ...(options.excludeCredentials && {
      excludeCredentials: options.excludeCredentials.map((one) => ({ ...one, id: bytes(one.id) })),
    }),
  });

  const given = (credential) => {
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (credential.response[name]) response[name] = text(credential.response[name]);
    }
    return { id: credential.id, rawId: text(credential.rawId), type: credential.type, response, clientExtensionResults: {} };
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      if (form.elements.antwort.value) return;
      event.preventDefault();
      const publicKey = taken(JSON.parse(form.dataset.options));
      const told = form.querySelector("[role=status]");
      try {
        const made = form.dataset.passkey === "create"
          ? await navigator.credentials.create({ publicKey })
          : await navigator.credentials.get({ publicKey });
        form.elements.antwort.value = JSON.stringify(given(made));
        form.submit();
      } catch {
        told.textContent = "Das hat nicht geklappt oder wurde abgebrochen. Versuchen Sie es noch einmal.";
      }
    });
  }
})();
