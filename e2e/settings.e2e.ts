/** What a wrong setting does to the start: one sentence that names it, and code 2. */
import { expect, launchConsole, test } from './app.ts'

const wrong: [name: string, value: string, sentence: string][] = [
  ['PORT', 'eighty', 'PORT must be a port number.'],
  ['CONSOLE_VIA', 'telepathy', 'CONSOLE_VIA must be direct or relay.'],
  [
    'EXOSCALE_API_SECRET',
    'alone',
    'EXOSCALE_API_SECRET is set, but EXOSCALE_API_KEY is not.',
  ],
]

for (const [name, value, sentence] of wrong) {
  test(`a wrong ${name} stops the start`, async () => {
    await expect(launchConsole({ [name]: value })).rejects.toThrow(
      `exited with 2: ${sentence}`,
    )
  })
}
