// Runs before the first paint, so that nobody sees the wrong theme flash by. What it reads is
// written by src/web/stores/theme.ts. Blocked storage means: follow the system.
try {
  var root = document.documentElement
  var theme = localStorage.getItem('vedette:theme')
  if (theme === 'light' || theme === 'dark') root.setAttribute('data-theme', theme)
  if (localStorage.getItem('vedette:density') === 'comfortable')
    root.setAttribute('data-density', 'comfortable')
} catch {
  // Nothing to do: the stylesheet already follows the system.
}
