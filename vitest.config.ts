import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'tools/**/*.test.mjs'],
    // The colour test reads the stylesheet; without this it would find an empty one.
    css: { include: [/app\.css/] },
    // Vitest leaves one processor free, which halves the speed of two; and many tests wait.
    maxWorkers: 3,
    // A slow machine needs more patience; what is tested stays the same.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
