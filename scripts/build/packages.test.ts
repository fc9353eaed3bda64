import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { packageFolder, readPackage } from './packages'

const root = await mkdtemp(join(tmpdir(), 'packages-'))
afterAll(() => rm(root, { recursive: true, force: true }))

/** A package with these files besides its package.json. */
async function folderOf(
  name: string,
  fields: Readonly<Record<string, unknown>>,
  files: Readonly<Record<string, string>> = {},
): Promise<string> {
  const folder = join(root, name)
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name, version: '1.0.0', ...fields }))
  for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text)
  return folder
}

test('a module belongs to the innermost package around it', () => {
  expect(packageFolder('/x/node_modules/preact/hooks/dist/hooks.mjs')).toBe('/x/node_modules/preact')
  expect(packageFolder('/x/node_modules/@preact/signals/dist/a.js?v=1')).toBe(
    '/x/node_modules/@preact/signals',
  )
  expect(packageFolder('/x/node_modules/a/node_modules/b/index.js')).toBe('/x/node_modules/a/node_modules/b')
  expect(packageFolder('C:\\x\\node_modules\\idb\\build\\index.js')).toBe('C:\\x\\node_modules\\idb')
  expect(packageFolder('\0/x/node_modules/idb/index.js?commonjs')).toBe('/x/node_modules/idb')
})

test('modules of the project belong to no package', () => {
  expect(packageFolder('/x/background/index.ts')).toBeUndefined()
  expect(packageFolder('\0virtual:probe')).toBeUndefined()
})

test('what a bundler adds by itself belongs to the bundler', () => {
  expect(basename(packageFolder('\0rolldown/runtime.js') ?? '')).toBe('rolldown')
})

test('a module whose package is unknown stops the build', () => {
  expect(() => packageFolder('\0helpers')).toThrow('not known')
  expect(() => packageFolder('\0no-such-bundler/runtime.js')).toThrow('not known')
})

test('all licence files of a package are read, and its notice', async () => {
  const folder = await folderOf(
    'two',
    { license: 'MIT OR Apache-2.0' },
    {
      'LICENSE-MIT': 'mit\r\ntext\r\n',
      'License-Apache.txt': 'apache',
      NOTICE: 'notice',
      'license.js': 'code',
      'README.md': 'read me',
    },
  )
  expect(readPackage(folder)).toMatchObject({
    license: 'MIT OR Apache-2.0',
    text: 'mit\ntext\n\napache\n\nnotice',
  })
})

test('a notice, code, a folder or an empty file is no licence', async () => {
  const folder = await folderOf(
    'none',
    { license: 'MIT' },
    {
      NOTICE: 'notice',
      'license.mjs': 'code',
      LICENSE: ' \n',
    },
  )
  await mkdir(join(folder, 'LICENSES'))
  expect(readPackage(folder)).toMatchObject({ license: 'MIT', text: '' })
})

test('the older ways to name a licence, and none, are read as well', async () => {
  expect(readPackage(await folderOf('old', { license: { type: 'BSD-3-Clause' } })).license).toBe(
    'BSD-3-Clause',
  )
  expect(readPackage(await folderOf('unnamed', {})).license).toBe('')
})

test('the address of the source is one that a browser opens', async () => {
  const source = async (repository: unknown) => readPackage(await folderOf('from', { repository })).source
  const address = 'https://github.com/owner/name'
  for (const repository of [
    `git+${address}.git`,
    `${address}`,
    'git://github.com/owner/name.git',
    'git@github.com:owner/name.git',
    'git+ssh://git@github.com/owner/name.git',
    'github:owner/name',
    'owner/name',
    { type: 'git', url: `git+${address}.git` },
  ]) {
    expect(await source(repository)).toBe(address)
  }
  for (const none of [undefined, null, {}]) {
    expect(await source(none)).toBe('https://www.npmjs.com/package/from/v/1.0.0')
  }
})
