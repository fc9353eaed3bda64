import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createBuilder } from 'vite'
import { afterAll, expect, test } from 'vitest'

const root = await mkdtemp(join(tmpdir(), 'notices-'))
afterAll(() => rm(root, { recursive: true, force: true }))

const write = async (name: string, text: string) => {
  const path = join(root, name)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text)
}

/** A package that exports its name, and its licence where it has one. */
async function addPackage(name: string, license?: string): Promise<void> {
  const folder = `node_modules/${name}`
  await write(`${folder}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }))
  await write(`${folder}/index.js`, `export const name = globalThis.use(${JSON.stringify(name)})`)
  if (license) await write(`${folder}/LICENSE`, license)
}

await addPackage('first', 'licence of first')
await addPackage('second', 'licence of second')
await addPackage('styled', 'licence of styled')
await write('node_modules/styled/style.css', 'body { color: red }')
await addPackage('nested', 'licence of nested')
await addPackage('unused', 'licence of unused')
await addPackage('bare')
await write('one.js', "import 'first'; import 'styled/style.css'; import text from 'virtual:text'; use(text)")
await write('two.js', "import 'second'; import 'bare'")

// Like the extension's own configuration: a file, which Vite loads anew for each environment.
await write(
  'vite.config.ts',
  `import { thirdPartyNotices } from ${JSON.stringify(fileURLToPath(new URL('notices-plugin.ts', import.meta.url)))}
  const environment = (input) => ({
    consumer: 'client',
    build: { emptyOutDir: false, rolldownOptions: { input } },
  })
  const nested = {
    name: 'nested',
    resolveId: (id) => (id === 'virtual:text' ? '\\0virtual:text' : undefined),
    load(id) {
      if (id !== '\\0virtual:text') return
      const meta = { bundledModules: [${JSON.stringify(join(root, 'node_modules/nested/index.js'))}] }
      return { code: "export default 'text'", meta }
    },
  }
  export default {
    plugins: [nested, thirdPartyNotices()],
    environments: { client: environment('one.js'), other: environment('two.js') },
    builder: {
      async buildApp({ build, environments }) {
        for (const name of ['client', 'other']) await build(environments[name])
      },
    },
  }`,
)

test('the packages of all environments, of style sheets and of nested builds are in one file', {
  timeout: 60_000,
}, async () => {
  await (await createBuilder({ root, logLevel: 'silent' })).buildApp()
  const notices = await readFile(join(root, 'dist', 'THIRD-PARTY-NOTICES.txt'), 'utf8')
  const names = [...notices.matchAll(/^(\S+) 1\.0\.0 /gm)].map(([, name]) => name)
  expect(names).toEqual(['bare', 'first', 'nested', 'second', 'styled'])
  expect(notices).toContain('licence of nested')
})
