import { fileURLToPath } from 'node:url'

import { defineConfig } from '@playwright/test'

/** The headless shell, and the whole browser for the little that only that has: see tools/test.mjs. */
const shell = process.env.CHROMIUM
const whole = process.env.CHROMIUM_WHOLE || shell

const launch = (executablePath: string | undefined, more: string[] = []) => ({
  ...(executablePath ? { executablePath } : {}),
  args: [
    ...more,
    // A page of a test lives for seconds, too short for optimized code to pay (docs/testing.md).
    '--js-flags=--no-maglev --no-opt',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
})

/**
 * Without a graphics processor each frame of a turning icon is drawn by the two cores that the tests
 * need. Project `whole` keeps the motion.
 */
const still = { contextOptions: { reducedMotion: 'reduce' } } as const

/**
 * Debian's Firefox, over WebDriver BiDi (docs/decisions/0026). It takes what people prefer from preferences
 * only.
 */
const firefox = {
  name: 'firefox',
  grep: /@firefox/,
  use: {
    browserName: 'firefox',
    launchOptions: {
      channel: 'moz-firefox',
      executablePath: fileURLToPath(new URL('e2e/firefox/start.mjs', import.meta.url)),
      firefoxUserPrefs: {
        // Reduced motion and light colors, as in the other projects.
        'ui.prefersReducedMotion': 1,
        'layout.css.prefers-color-scheme.content-override': 1,
        // It asks a person before a page reads the clipboard.
        'dom.events.testing.asyncClipboard': true,
        // A Firefox asks its maker for much. What doesn't stay on this computer finds a closed port.
        'network.proxy.type': 1,
        'network.proxy.socks': '127.0.0.1',
        'network.proxy.socks_port': 9,
        'network.proxy.socks_remote_dns': true,
      },
    },
  },
} as const

export default defineConfig<{ settings: Record<string, string> }>({
  testDir: 'e2e',
  testMatch: '*.e2e.ts',
  outputDir: 'test-results/browser',
  // A slow machine needs more patience; what is tested stays the same.
  timeout: 90_000,
  expect: { timeout: 15_000 },
  // Tests wait for a zone most of the time: two cores serve three of them.
  workers: 3,
  forbidOnly: Boolean(process.env.CI),
  // See docs/decisions/0012: at most two may need it.
  retries: process.env.CI ? 1 : 0,
  reporter: [['dot'], ['json', { outputFile: 'test-results/browser.json' }]],
  projects: [
    { name: 'browser', grepInvert: /@whole|@alone/, use: still },
    { name: 'whole', grep: /@whole/, use: { launchOptions: launch(whole) } },
    // The relay passes everything on as it is (src/server/relay/relay.test.ts), so what a screen shows and takes
    // is tested directly. How it comes, goes and comes back is tested through the relay as well.
    {
      name: 'relay',
      testMatch: /\/screen-life\.e2e\.ts$/,
      use: { ...still, settings: { CONSOLE_VIA: 'relay' } },
    },
    ...(process.env.FIREFOX ? [firefox] : []),
    // What holds by the clock is tested when nothing else runs.
    {
      name: 'alone',
      grep: /@alone/,
      workers: 1,
      dependencies: [
        'browser',
        'whole',
        'relay',
        ...(process.env.FIREFOX ? ['firefox'] : []),
      ],
      use: still,
    },
  ],
  use: {
    viewport: { width: 1440, height: 900 },
    screenshot: 'only-on-failure',
    // One process for all pages of a test takes a quarter less of a processor than one for each.
    launchOptions: launch(shell, ['--renderer-process-limit=1', '--process-per-site']),
  },
})
