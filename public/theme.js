// Sets the reader's choice of theme before the first paint. A file of its own, because the page's policy allows no inline scripts.
try {
  const { theme } = JSON.parse(localStorage.getItem("counterpoint.settings") ?? "{}")
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme
} catch {
  // Without storage, or with damaged settings, the system's preference decides.
}
