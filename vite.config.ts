import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

import babel from '@babel/core'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin, type Rolldown } from 'vite'

import type { Language } from './src/contract/languages.ts'
import { contentSecurityPolicy } from './src/server/headers.ts'
import type { PageKind } from './src/server/page/page-kind.ts'
import {
  awaitedTexts,
  numberedMessages,
  partNames,
  texts,
  textsFileName,
  translatedPages,
} from './vite.texts.ts'

async function translateMacros(code: string, filename: string, isDevelopment: boolean) {
  const result = await babel.transformAsync(code, {
    filename,
    babelrc: false,
    configFile: false,
    sourceMaps: isDevelopment,
    parserOpts: { plugins: ['typescript', 'jsx'] },
    plugins: [
      ['@lingui/babel-plugin-lingui-macro', { stripMessageField: false }],
      numberedMessages(filename, isDevelopment),
      ...(isDevelopment ? [] : [awaitedTexts(filename)]),
    ],
  })
  return result?.code ? { code: result.code, map: result.map } : undefined
}

/** What the browser's build and the first page's share, so that Babel reads each file once. */
const translated = new Map<string, ReturnType<typeof translateMacros>>()

/**
 * Lingui's macros need Babel, which plugin-react 6 no longer carries; this runs it on the
 * files that import a macro, mark a message for Lingui or load a file later, and on no others.
 */
export const linguiMacros: Plugin = {
  name: 'lingui-macros',
  enforce: 'pre',
  transform: {
    filter: {
      id: /\.tsx?$/,
      code: /@lingui\/(react|core)\/macro|\/\*i18n\*\/|\bimport\('[.#]/,
    },
    handler(code, id) {
      if (this.environment.mode === 'dev') return translateMacros(code, id, true)
      const known = translated.get(id) ?? translateMacros(code, id, false)
      translated.set(id, known)
      return known
    },
  },
}

const nonce = 'development'

/** The policy's nonce on Vite's own pieces, in development only: nothing shipped has any. */
const developmentNonce: Plugin = {
  name: 'development-nonce',
  apply: 'serve',
  config: () => ({ html: { cspNonce: nonce } }),
}

const root = fileURLToPath(new URL('.', import.meta.url))
const leftOut = 'src/web/screen/left-out.ts'
/** Parts of noVNC that no console of ours reaches, or that are larger than their use. */
const standIns: Record<string, string> = {
  'crypto/crypto.js': leftOut,
  'ra2.js': leftOut,
  'decoders/h264.js': leftOut,
  'deflator.js': 'src/web/screen/stored-deflator.ts',
}
const novnc = join(root, 'node_modules/@novnc/novnc/core')

const standIn: Plugin = {
  name: 'stand-in',
  enforce: 'pre',
  apply: 'build',
  resolveId: {
    filter: { id: /(crypto|ra2|h264|deflator)\.js$/ },
    handler(id, importer = '') {
      const file = standIns[relative(novnc, join(importer, '..', id))]
      return file && join(root, file)
    },
  },
}

/** What each chunk is made of, and its weight: what a subject costs is judged by this list. */
const weighModules: Plugin = {
  name: 'weigh-modules',
  apply: 'build',
  generateBundle(_options, bundle) {
    const chunks = Object.values(bundle).filter((one) => one.type === 'chunk')
    const weights = chunks.map(({ fileName, modules }) => [
      fileName,
      Object.fromEntries(
        Object.entries(modules).map(([id, { code }]) => [
          relative(root, id),
          gzipSync(code ?? '').length,
        ]),
      ),
    ])
    const source = JSON.stringify(Object.fromEntries(weights), null, 1)
    this.emitFile({ type: 'asset', fileName: '.vite/modules.json', source })
  },
}

/** What a page of its own needs besides the first load, and how many parts of the texts. */
const ownPages: Record<Exclude<PageKind, 'index'>, { files: string[]; parts: number }> = {
  console: {
    files: [
      'src/web/screen/ahead.ts',
      'src/web/screen/load-novnc.ts',
      'src/web/pages/instances/InstanceConsolePage.tsx',
      'src/web/pages/instances/ConsoleWindowPage.tsx',
      'node_modules/@novnc/novnc/core/rfb.js',
    ],
    parts: 2,
  },
  overview: { files: ['src/web/pages/overview/OverviewPage.tsx'], parts: 3 },
  instance: {
    files: [
      'src/web/pages/instances/InstancePage.tsx',
      'src/web/pages/instances/detail/OverviewTab.tsx',
    ],
    parts: 3,
  },
  wall: {
    files: [
      'src/web/pages/wall/WallPage.tsx',
      'src/web/screen/load-novnc.ts',
      'node_modules/@novnc/novnc/core/rfb.js',
    ],
    parts: 3,
  },
}

/** The files loaded later from which a module is reached, by paths from the root; none for such a file itself. */
function loadedBy(id: string, graph: Rolldown.ChunkingContext): Set<string> {
  const found = new Set<string>()
  const seen = new Set([id])
  for (const next of seen) {
    const module = graph.getModuleInfo(next)
    if (module?.dynamicImporters.length) found.add(relative(root, next))
    for (const importer of module?.importers ?? []) seen.add(importer)
  }
  return found.has(relative(root, id)) ? new Set() : found
}

/**
 * What exactly these pages have in common, as one file instead of many of a kilobyte: without HTTP/2, a browser
 * asks for six at a time (docs/decisions/0038). What the console needs as well stays apart, so that it loads
 * nothing else.
 */
const shared = [['overview', 'instance'], ['overview'], ['instance']].map(
  (pages): Rolldown.CodeSplittingGroup => ({
    debugName: pages.join('-'),
    // What more pages share goes first.
    priority: pages.length / 10,
    // A package's parts are imported through one file, which says nothing about who needs which.
    test: (id) => id.startsWith(join(root, 'src/')),
    includeDependenciesRecursively: false,
    name(id, graph) {
      const loaded = loadedBy(id, graph)
      const reached = (['overview', 'instance'] as const).filter((page) =>
        ownPages[page].files.some((file) => loaded.has(file)),
      )
      const isShared = loaded.size > 1 && reached.join() === pages.join()
      return isShared ? `for-${pages.join('-')}` : null
    },
  }),
)

/** What each page loads once it is shown. */
const laterOnAllPages = [
  'src/web/layouts/Followers.tsx',
  'src/web/layouts/late.ts',
  'src/web/layouts/sandbox/SandboxPlace.tsx',
  'src/web/layouts/OperationsTray.tsx',
]

/** What these files share with later pages, as one file; without what a page of its own loads at once. */
const afterFirst: Rolldown.CodeSplittingGroup = {
  debugName: 'after-first',
  test: (id) => id.startsWith(join(root, 'src/')),
  includeDependenciesRecursively: false,
  name(id, graph) {
    const loaded = loadedBy(id, graph)
    const isAtOnce = Object.values(ownPages).some(({ files }) =>
      files.some((file) => loaded.has(file)),
    )
    return !isAtOnce && laterOnAllPages.some((file) => loaded.has(file))
      ? 'after-first'
      : null
  },
}

/**
 * The pages in each language, which load their first texts at once: index.html, and those that also load
 * the files of one address at once, which would otherwise wait for the code that asks for them.
 */
const pages: Plugin = {
  name: 'pages',
  apply: 'build',
  generateBundle: {
    // When index.html is there.
    order: 'post',
    handler(_options, bundle) {
      const page = bundle['index.html']
      if (page?.type !== 'asset') throw new Error('there is no index.html')
      const chunks = Object.values(bundle).filter((one) => one.type === 'chunk')
      const built = String(page.source)
      /** Links to the chunks of files, and to what they import. */
      const linksTo = (files: readonly string[]) => {
        const needed = new Set<string>()
        const need = (name: string) => {
          const chunk = chunks.find(({ fileName }) => fileName === name)
          if (!chunk || chunk.isEntry || needed.has(name)) return
          needed.add(name)
          chunk.imports.forEach(need)
        }
        for (const file of files) {
          const chunk = chunks.find(
            ({ facadeModuleId }) => facadeModuleId === join(root, file),
          )
          if (!chunk) throw new Error(`${file} is no file of its own`)
          need(chunk.fileName)
        }
        return [...needed]
          .filter((name) => !built.includes(name))
          .map((name) => `<link rel="modulepreload" crossorigin href="/${name}">`)
          .join('')
      }
      const textsOf = (language: Language, parts: readonly string[]) =>
        parts.map((part) => {
          const name = `assets/texts-${language}-${part}-`
          const chunk = chunks.find(({ fileName }) => fileName.startsWith(name))
          if (!chunk) throw new Error(`there is no ${name}`)
          return chunk.fileName
        })
      const emit = (kind: string, source: string, parts: readonly string[]) => {
        const all = translatedPages(source, (language) => textsOf(language, parts))
        for (const [language, translated] of all) {
          const fileName = language === 'en' ? `${kind}.html` : `${kind}.${language}.html`
          if (fileName === 'index.html') page.source = translated
          else this.emitFile({ type: 'asset', fileName, source: translated })
        }
      }
      for (const [kind, { files, parts }] of Object.entries(ownPages))
        emit(
          kind,
          built.replace('</head>', `${linksTo(files)}</head>`),
          partNames.slice(0, parts),
        )
      emit('index', built, partNames.slice(0, 1))
    },
  },
}

const server = `http://127.0.0.1:${process.env['PORT'] ?? 8080}`
// The Host header stays the page's, which is what the server compares Origin with.
const passedOn = { target: server, changeOrigin: false, ws: true }

/** The browser half. The server half is built by `vite.server.config.ts`. */
export default defineConfig({
  plugins: [
    texts,
    linguiMacros,
    react(),
    tailwindcss(),
    developmentNonce,
    standIn,
    weighModules,
    pages,
  ],
  server: {
    // By its number: `localhost` may be ::1 alone, which is not the address that is printed.
    host: '127.0.0.1',
    headers: {
      'content-security-policy': contentSecurityPolicy(['*.exoscale.com'], [], nonce),
    },
    proxy: {
      '/api': passedOn,
      '/auth': passedOn,
      '/sandbox-console': passedOn,
      '/healthz': passedOn,
    },
  },
  build: {
    outDir: 'dist/web',
    emptyOutDir: true,
    manifest: true,
    // The pages' CSP forbids data: for everything but images.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
    rollupOptions: {
      output: {
        chunkFileNames: ({ facadeModuleId }) =>
          `assets/${textsFileName(facadeModuleId) ?? '[name]'}-[hash].js`,
        // Left alone, every part of the list that a later page shares would become a file, and
        // a request, of its own (docs/decisions/0004). React is half of it, changes seldom, and
        // can be compiled beside the rest.
        codeSplitting: {
          groups: [
            {
              name: 'react',
              test: /node_modules\/(react|react-dom|scheduler)\//,
              tags: ['$initial'],
              priority: 2,
            },
            { name: 'first', tags: ['$initial'], priority: 1 },
            ...shared,
            // What the list needs for groups and for what a person has marked, instead of files of a kilobyte.
            {
              name: 'marks',
              test: /web\/(api\/(kept|kept-value|follow-favorites|follow-label-colors)|components\/marks\/use-label-colors|pages\/instances\/groups\/(group-rows|GroupHead))\.tsx?$|lucide-react\/.*\/(chevron-right|list-checks|fold-vertical|unfold-vertical)\.m?js$/,
              priority: 1,
            },
            // Icons of many pages, instead of a file for each.
            { name: 'icons', test: /lucide-react\/.*\/icons\//, minShareCount: 6 },
            afterFirst,
            // What every page with a screen needs, instead of eight files of a kilobyte.
            {
              name: 'screen',
              test: /web\/(console\/(use-running|notice\/(Notice|use-progress-words))|screen\/(attempt|channel|link-watch|load-novnc|median|status-words|keys|recording\/(decoder|recorder|recording)))\.tsx?$/,
              priority: 1,
            },
          ],
        },
      },
    },
  },
})
