import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, test } from 'vitest'

import { manifests, missingPackages } from './packages.mjs'

let root

const write = (path, content) => writeFileSync(join(root, path), JSON.stringify(content))

const own = {
  '': { dependencies: { web: '1.0.0' }, devDependencies: { tester: '1.0.0' } },
}
const needed = { 'node_modules/@own/web': { version: '1.0.0' } }
const forTests = {
  'node_modules/tester': { version: '1.0.0', dev: true },
  'node_modules/types': { version: '1.0.0', devOptional: true },
}
const native = {
  'node_modules/native-linux-x64-musl': { version: '1.0.0', optional: true },
}

const lock = (packages) =>
  write('package-lock.json', { lockfileVersion: 3, packages: { ...own, ...packages } })
const installed = (packages) => write('node_modules/.package-lock.json', { packages })

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'packages-'))
  mkdirSync(join(root, 'node_modules'))
  write('package.json', { ...own[''], name: 'own', overrides: { web: '1.0.0' } })
  lock({ ...needed, ...forTests, ...native })
})

afterEach(() => rmSync(root, { recursive: true }))

test('a fresh clone needs what it is for', () => {
  expect(missingPackages(root, 'run')).toBe('run')
  expect(missingPackages(root, 'test')).toBe('test')
})

test('what was installed for running is enough to run, and not to test', () => {
  installed(needed)

  expect(missingPackages(root, 'run')).toBeUndefined()
  expect(missingPackages(root, 'test')).toBe('test')
})

test('what was installed for tests is enough to run', () => {
  installed({ ...needed, ...forTests })

  expect(missingPackages(root, 'run')).toBeUndefined()
  expect(missingPackages(root, 'test')).toBeUndefined()
})

test('what npm itself installs for production is enough to run, and updated as that', () => {
  // As `npm ci --omit=dev` writes it: what a package at run time could use is there, and keeps its mark.
  const production = { 'node_modules/types': forTests['node_modules/types'] }
  installed({ ...needed, ...production })
  expect(missingPackages(root, 'run')).toBeUndefined()
  expect(missingPackages(root, 'test')).toBe('test')

  lock({ 'node_modules/@own/web': { version: '1.1.0' }, ...forTests })
  expect(missingPackages(root, 'run')).toBe('run')
})

test('a changed lock file is noticed, and keeps the packages of the tests', () => {
  lock({ 'node_modules/@own/web': { version: '1.1.0' }, ...forTests })
  installed(needed)
  expect(missingPackages(root, 'run')).toBe('run')

  installed({ ...needed, ...forTests })
  expect(missingPackages(root, 'run')).toBe('test')
  expect(missingPackages(root, 'test')).toBe('test')
})

test('npm installs for running without anything that only tests need', () => {
  const made = manifests(root, 'run')

  expect(made['package.json']).toEqual({
    name: 'own',
    dependencies: { web: '1.0.0' },
    overrides: { web: '1.0.0' },
  })
  const { packages } = made['package-lock.json']
  expect(Object.keys(packages)).toEqual([
    '',
    'node_modules/@own/web',
    'node_modules/native-linux-x64-musl',
  ])
  expect(packages['']).toEqual({ dependencies: { web: '1.0.0' } })
  expect(packages['node_modules/native-linux-x64-musl'].libc).toEqual(['musl'])
})

test('npm installs for running what another platform’s package needs, also if tests need it', () => {
  const wasm = { version: '1.0.0', optional: true, dependencies: { shared: '1.0.0' } }
  const shared = { version: '1.0.0', devOptional: true, dependencies: { deep: '1.0.0' } }
  const deep = { version: '1.0.0', devOptional: true }
  const more = {
    'node_modules/deep': deep,
    'node_modules/shared': shared,
    'node_modules/wasm': wasm,
  }
  lock({ ...needed, ...forTests, ...more })

  const { packages } = manifests(root, 'run')['package-lock.json']
  expect(Object.keys(packages).toSorted()).toEqual([
    '',
    'node_modules/@own/web',
    'node_modules/deep',
    'node_modules/shared',
    'node_modules/wasm',
  ])
  expect(packages['node_modules/deep']).toEqual({ version: '1.0.0', optional: true })
  installed(needed)
  expect(missingPackages(root, 'run')).toBeUndefined()
})

test('npm installs for tests with everything, from the address of each package', () => {
  const made = manifests(root, 'test', 'https://registry.example')

  expect(made['package.json'].devDependencies).toEqual({ tester: '1.0.0' })
  const { packages } = made['package-lock.json']
  expect(packages['node_modules/tester'].resolved).toBe(
    'https://registry.example/tester/-/tester-1.0.0.tgz',
  )
  expect(packages['node_modules/@own/web'].resolved).toBe(
    'https://registry.example/@own/web/-/web-1.0.0.tgz',
  )
})
