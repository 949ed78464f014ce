import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'tools/**/*.test.mjs'],
    // The colour test reads the stylesheet; without this it would find an empty one.
    css: { include: [/app\.css/] },
    testTimeout: 15_000,
    hookTimeout: 15_000,
  },
})
