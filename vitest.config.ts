import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'tools/**/*.test.mjs'],
    // The colour test reads the stylesheet; without this it would find an empty one.
    css: { include: [/app\.css/] },
    // A slow machine needs more patience; what is tested stays the same.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
