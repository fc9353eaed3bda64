import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from '../browser/launch'

const packages = { tsc: 'typescript', biome: '@biomejs/biome', vite: 'vite', vitest: 'vitest' } as const
type Tool = keyof typeof packages

/** The script that a package names as its command: run with Node itself, it needs no shell on any system. */
function scriptOf(tool: Tool): string {
  const manifest = join(root, 'node_modules', packages[tool], 'package.json')
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin: string | Record<string, string> }
  const path = typeof bin === 'string' ? bin : bin[tool]
  if (!path) throw new Error(`${packages[tool]} has no command ${tool}.`)
  return join(dirname(manifest), path)
}

/**
 * Runs a development tool of the project, with its output as it is.
 *
 * @returns whether it was content
 */
export function runTool(tool: Tool, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [scriptOf(tool), ...args], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    child.once('error', reject)
    child.once('close', (code) => resolve(code === 0))
  })
}
