// @ts-check

/**
 * Registers a worker script for its scope and waits until that script is the active one.
 * @param {string} script
 * @param {string} scope
 * @returns {Promise<ServiceWorkerRegistration>}
 */
export async function registerWorker(script, scope) {
  const registration = await navigator.serviceWorker.register(script, { scope, type: 'module' })
  const href = new URL(script, location.href).href
  const { installing, waiting, active } = registration
  const worker = [installing, waiting, active].find((candidate) => candidate?.scriptURL === href)
  if (worker) await becomes(worker, 'activated')
  return registration
}

/**
 * @param {ServiceWorker} worker
 * @param {ServiceWorkerState} state
 */
function becomes(worker, state) {
  return new Promise((resolve, reject) => {
    const look = () => {
      if (worker.state === state) resolve(undefined)
      else if (worker.state === 'redundant') reject(new Error('The worker could not be installed'))
    }
    worker.addEventListener('statechange', look)
    look()
  })
}
