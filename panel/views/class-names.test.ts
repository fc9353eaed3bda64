import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

/** Classes of a stylesheet, and those that a file takes from it by name. */
function classes(file: string): { readonly used: string[]; readonly given: ReadonlySet<string> }[] {
  const source = readFileSync(file, 'utf8')
  const imports = [...source.matchAll(/import (\w+) from '(\.[^']*\.module\.css)'/g)]
  return imports.map(([, name = '', path = '']) => {
    const selectors = readFileSync(join(dirname(file), path), 'utf8')
      .replace(/\/\*.*?\*\//gs, '')
      .replace(/\{[^{}]*\}/g, '{}')
    return {
      used: [...source.matchAll(new RegExp(`\\b${name}\\.(?!module\\b)(\\w+)`, 'g'))].map(
        ([, used = '']) => used,
      ),
      given: new Set([...selectors.matchAll(/\.([a-zA-Z][\w-]*)/g)].map(([, given = '']) => given)),
    }
  })
}

const views = readdirSync('panel/views', { recursive: true, encoding: 'utf8' })

test.each(views.filter((file) => file.endsWith('.tsx')))(
  '%s names no class that its stylesheet does not have',
  (file) => {
    const missing = classes(join('panel/views', file)).flatMap(({ used, given }) =>
      used.filter((name) => !given.has(name)),
    )
    expect(missing).toEqual([])
  },
)
