import { execFile, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

const isInstalled = (program: string): boolean =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)))

const missing = ['Xvfb', 'xdotool'].filter((program) => !isInstalled(program))

/** Whether a window can be shown on a display that nobody sees, and be used by the keyboard. */
export const hasVirtualDisplay = missing.length === 0

/** Says why a test that needs a window does not run; empty where it does. */
export const whyNoWindow = hasVirtualDisplay ? '' : `; skipped, as ${missing.join(' and ')} are not installed`

export interface Display {
  /** What `DISPLAY` is for a program that shows a window there. */
  readonly name: string
  /** Presses keys, by the names that xdotool gives them, in the window that has the focus. */
  press(...keys: readonly string[]): Promise<void>
  close(): void
}

/** Starts an X server without a screen, on the first display that is free. */
export async function startDisplay(): Promise<Display> {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1400x1000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const end = () => void server.kill()
  process.once('exit', end)
  const number = await new Promise<string>((resolve, reject) => {
    server.once('error', reject)
    server.once('exit', (code) => reject(new Error(`Xvfb ended with the code ${code}.`)))
    server.stdio[3]?.once('data', (data) => resolve(String(data).trim()))
  })
  const name = `:${number}`
  return {
    name,
    press: async (...keys) => {
      await run('xdotool', ['key', ...keys], { env: { ...process.env, DISPLAY: name } })
    },
    close() {
      process.off('exit', end)
      end()
    },
  }
}
