// Runs before the first paint, so that the shell comes up in the right theme and language; later it is what
// Browser/*.cs calls. Storage may be forbidden: then nothing is kept, and nothing breaks.
(() => {
  const root = document.documentElement;
  const attempt = (action) => { try { return action(); } catch { return null; } };
  const read = (key) => attempt(() => localStorage.getItem(key));
  const write = (store, key, value) => { attempt(() => value === null ? store().removeItem(key) : store().setItem(key, value)); };
  const always = () => localStorage;
  const thisTab = () => sessionStorage;
  const known = (language) => language === "en" || language === "ru";

  const wanted = [read("pcbench.language"), ...(navigator.languages ?? []).map((tag) => tag.split("-")[0].toLowerCase())];
  root.lang = wanted.find(known) ?? "en";

  const showTheme = (theme) => {
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    else delete root.dataset.theme;
  };
  showTheme(read("pcbench.theme"));

  // Names the trace that a request begins (W3C Trace Context), so that all that it causes can be found. Chance alone, nothing of the user.
  const hex = (bytes) => Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const trace = () => `00-${hex(16)}-${hex(8)}-01`;

  window.pcbench = {
    language: () => root.lang,
    setLanguage: (language) => { root.lang = language; write(always, "pcbench.language", language); },
    theme: () => root.dataset.theme ?? null,
    setTheme: (theme) => { showTheme(theme); write(always, "pcbench.theme", theme); },
    owner: (id) => attempt(() => sessionStorage.getItem(`pcbench.owner.${id}`)),
    setOwner: (id, token) => write(thisTab, `pcbench.owner.${id}`, token),
    send: async (method, path, owner, body) => {
      const headers = { Accept: "application/json", traceparent: trace() };
      if (owner) headers.Authorization = `PcBench ${owner}`;
      if (body) headers["Content-Type"] = "application/json";
      try {
        const response = await fetch(path, { method, headers, body: body ?? undefined });
        return [String(response.status), await response.text(), response.headers.get("Retry-After")];
      } catch { return ["0", "", null]; }
    },
    copy: async (text) => { try { await navigator.clipboard.writeText(text); return true; } catch { return false; } },
    showModal: (dialog) => dialog.showModal(),
    close: (dialog) => dialog.close(),
  };
})();
