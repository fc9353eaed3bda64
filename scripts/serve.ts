import { type Demo, startDemo } from '../demo/server/index'

const FIRST_PORT = 8123
const TRIES = 50

const isBusy = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'

/** Serves the demo on its own port, or on the next one that is free. */
export async function serveDemo(first = FIRST_PORT): Promise<Demo> {
  for (let port = first; ; port++) {
    try {
      return await startDemo({ port })
    } catch (error) {
      if (!isBusy(error) || port >= first + TRIES) throw error
    }
  }
}
