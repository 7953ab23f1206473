// Theme and keys. Everything works without this file.
"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("scripted");
  const read = () => { try { return localStorage.getItem("theme"); } catch { return null; } };
  const write = (theme) => { try { localStorage.setItem("theme", theme); } catch { /* private windows */ } };
  if (read() === "dark" || read() === "light") root.dataset.theme = read();

  const dark = () => (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const turn = () => {
    root.dataset.theme = dark() ? "light" : "dark";
    write(root.dataset.theme);
    document.dispatchEvent(new Event("themed"));
  };
  const button = document.getElementById("theme");
  button.hidden = false;
  button.addEventListener("click", turn);

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    if (event.key === "/") { event.preventDefault(); document.getElementById("q").focus(); }
    if (event.key === "t") turn();
    const all = document.getElementById("all");
    if (event.key === "Escape" && all) all.click();
  });
})();
