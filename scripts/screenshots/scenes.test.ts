import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { figure } from './figure'
import { handlerNames } from './handlers'
import { STORE_SCENES, scenes } from './scenes'

test('each handler of the demo has a picture', () => {
  const source = readFileSync(new URL('../../demo/site/handlers/index.js', import.meta.url), 'utf8')
  const [, list = ''] = source.match(/export const handlers = \{([^}]*)\}/) ?? []
  const names = [...list.matchAll(/^ {2}'?([\w-]+)'?(?:: \w+)?,$/gm)].map(([, name]) => name)
  expect(names.length).toBeGreaterThan(10)
  expect([...handlerNames].sort()).toEqual(names.sort())
})

test('each picture for the web store has a scene, and no two scenes have one name', () => {
  const names = [figure, ...scenes].map(({ name }) => name)
  expect(names).toEqual(expect.arrayContaining([...STORE_SCENES]))
  expect(STORE_SCENES).toHaveLength(5)
  expect(new Set(names).size).toBe(names.length)
})
