import { defineConfig } from '@playwright/test'

const executablePath = process.env.CHROMIUM || undefined

export default defineConfig<{ settings: Record<string, string> }>({
  testDir: 'e2e',
  testMatch: '*.e2e.ts',
  outputDir: 'test-results/browser',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  // Tests wait for a zone most of the time: two cores serve three of them.
  workers: 3,
  forbidOnly: Boolean(process.env.CI),
  // See docs/decisions/0012: at most two may need it.
  retries: process.env.CI ? 1 : 0,
  reporter: [['dot'], ['json', { outputFile: 'test-results/browser.json' }]],
  projects: [
    { name: 'browser' },
    // What a screen can do, through the relay as well; other files go both ways by themselves.
    {
      name: 'relay',
      testMatch:
        /\/(console-bar|console-keys|lens|machines|replay|screen-life|send-text|touch|typing)\.e2e\.ts$/,
      use: { settings: { CONSOLE_VIA: 'relay' } },
    },
  ],
  use: {
    viewport: { width: 1440, height: 900 },
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
})
