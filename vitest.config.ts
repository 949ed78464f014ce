import { defineConfig } from 'vitest/config'

/** Modules that show texts are tested without any: the catalogues are the build's (vite.texts.ts). */
const noTexts = {
  name: 'no-texts',
  resolveId: (id: string) => (id === 'virtual:texts' ? `\0${id}` : undefined),
  load: (id: string) =>
    id === '\0virtual:texts'
      ? 'export const isPageTranslated = true; export const texts = {}'
      : undefined,
}

export default defineConfig({
  plugins: [noTexts],
  test: {
    include: ['src/**/*.test.ts', 'tools/**/*.test.mjs'],
    // The colour test reads the stylesheet; without this it would find an empty one.
    css: { include: [/app\.css/] },
    // Vitest leaves one processor free, which halves the speed of two; and many tests wait.
    maxWorkers: 3,
    // A slow machine needs more patience; what is tested stays the same.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 15_000 } },
  },
})
