import { startDemo } from './index'

const FIRST_PORT = 8123
const TRIES = 50

async function startOnFreePort() {
  const first = Number(process.env.PORT) || FIRST_PORT
  for (let port = first; ; port++) {
    try {
      return await startDemo({ port })
    } catch (error) {
      const busy = (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
      if (!busy || port >= first + TRIES) throw error
    }
  }
}

const demo = await startOnFreePort()
console.log(`Longwave is on the air: ${demo.url}`)
