import { defineConfig } from 'vite'

/** The server half: one file per entry, packages left in node_modules. */
export default defineConfig({
  publicDir: false,
  build: {
    ssr: true,
    outDir: 'dist/server',
    emptyOutDir: true,
    target: 'node20',
    rollupOptions: { input: { main: 'src/main.ts', serve: 'src/serve.ts' } },
  },
})
