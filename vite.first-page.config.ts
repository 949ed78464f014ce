import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

import { linguiMacros } from './vite.config.ts'
import { texts } from './vite.texts.ts'

/** The list as the server renders it, in one file with all it needs: see src/web/first-page.tsx. */
export default defineConfig({
  plugins: [texts, linguiMacros, react()],
  publicDir: false,
  ssr: { noExternal: true },
  // React tells its two builds apart by this.
  define: { 'process.env.NODE_ENV': '"production"' },
  build: {
    ssr: true,
    outDir: 'dist/first-page',
    emptyOutDir: true,
    target: 'node20',
    rollupOptions: { input: { 'first-page': 'src/web/first-page.tsx' } },
  },
})
