import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A network namespace of Linux, connected to this machine's network by a pair of interfaces. */
export interface Network {
  /** The address of this machine there. */
  readonly host: string
  /** Writes a script that starts the program in it, and gives its path. */
  wrap(program: string): string
  /** What runs in it is offline from then on. */
  disconnect(): void
  connect(): void
  remove(): void
}

const ip = (...words: readonly string[]) => void execFileSync('ip', words, { stdio: 'ignore' })

/** Addresses for tests. https://www.rfc-editor.org/rfc/rfc2544 */
const HOST = '198.18.7.1'
const GUEST = '198.18.7.2'

function make(name: string, folder: string): Network {
  const inside = `${name}i`
  const outside = `${name}o`
  ip('netns', 'add', name)
  const within = (...words: readonly string[]) => ip('-n', name, ...words)
  const connect = () => {
    within('link', 'set', inside, 'up')
    within('route', 'add', 'default', 'via', HOST)
  }
  const remove = () => {
    process.off('exit', remove)
    // Both interfaces go with it.
    ip('netns', 'del', name)
    rmSync(folder, { recursive: true, force: true })
  }
  process.once('exit', remove)
  ip('link', 'add', outside, 'type', 'veth', 'peer', 'name', inside, 'netns', name)
  ip('address', 'add', `${HOST}/30`, 'dev', outside)
  ip('link', 'set', outside, 'up')
  within('link', 'set', 'lo', 'up')
  within('address', 'add', `${GUEST}/30`, 'dev', inside)
  connect()
  return {
    host: HOST,
    wrap(program) {
      const script = join(folder, 'start')
      writeFileSync(script, `#!/bin/sh\nexec ip netns exec ${name} '${program}' "$@"\n`)
      chmodSync(script, 0o755)
      return script
    },
    disconnect: () => within('link', 'set', inside, 'down'),
    connect,
    remove,
  }
}

/** Makes such a network; null where this is not Linux, `ip` is not installed, or it is not allowed to. */
export function createNetwork(): Network | null {
  const folder = mkdtempSync(join(tmpdir(), 'background-fetch-network-'))
  try {
    return make(`bf${process.pid}`, folder)
  } catch {
    rmSync(folder, { recursive: true, force: true })
    return null
  }
}
