/** Workers whose calls of `updateUI()` the event waits for, or may wait for, or that update nothing. For tests. */
export const correctUpdates: Readonly<Record<string, string>> = {
  'gives the promise of updateUI() to waitUntil()': `
    self.addEventListener('backgroundfetchsuccess', (event) => event.waitUntil(event.updateUI({ title: 'Done' })))
    self.addEventListener('backgroundfetchfail', function (e) { return e.waitUntil(e.updateUI({ title: 'Failed' })) })`,
  'awaits updateUI() in a function that waitUntil() gets the promise of': `
    addEventListener('backgroundfetchsuccess', (event) => {
      event.waitUntil((async () => { await event.updateUI({ title: 'Done', icons: [] }) })())
    })`,
  'waits for several promises': `
    self.addEventListener('backgroundfetchfail', (event) => {
      const { registration } = event
      event.waitUntil(Promise.all([caches.delete(registration.id), event.updateUI({ title: 'Failed' })]))
    })`,
  'keeps the promise in a variable first': `
    self.onbackgroundfetchsuccess = (event) => {
      const updated = event.updateUI({ title: 'Done' })
      event.waitUntil(updated)
    }`,
  'gives the event to a function that waits': `
    const keepAlive = (event, promise) => event.waitUntil(promise)
    self.addEventListener('backgroundfetchsuccess', (event) => {
      keepAlive(event, event.updateUI({ title: 'Done' }))
    })`,
  'gives the event to a function that waits, and calls updateUI() after it': `
    importScripts('keep-alive.js')
    self.addEventListener('backgroundfetchsuccess', async (event) => {
      keepAlive(event)
      await event.updateUI({ title: 'Done' })
    })`,
  'has the listener made by another function': `
    const waiting = (handle) => (event) => event.waitUntil(handle(event))
    self.addEventListener('backgroundfetchsuccess', waiting(async (event) => { await event.updateUI({ title: 'Done' }) }))
    self.addEventListener('backgroundfetchfail', waiting((event) => event.updateUI({ title: 'Failed' })))`,
  'takes waitUntil() out of the event': `
    self.addEventListener('backgroundfetchsuccess', (event) => {
      const { waitUntil } = event
      waitUntil.call(event, event.updateUI({ title: 'Done' }))
    })
    self.addEventListener('backgroundfetchfail', (event) => {
      event['waitUntil'](event.updateUI({ title: 'Failed' }))
    })`,
  'takes the event out of a chain of assignments': `
    let current, registration
    self.addEventListener('backgroundfetchsuccess', (event) => {
      current = ({ registration } = event)
      event.updateUI({ title: registration.id })
      extend()
    })
    const extend = () => current.waitUntil(new Promise((resolve) => setTimeout(resolve, 500)))`,
  'binds waitUntil() before': `
    self.addEventListener('backgroundfetchsuccess', (event, wait = event.waitUntil.bind(event)) => {
      wait(event.updateUI({ title: 'Done' }))
    })`,
  'reaches the event through the arguments': `
    function extend(args, promise) { args[0].waitUntil(promise) }
    self.addEventListener('backgroundfetchsuccess', function (event) {
      extend(arguments, event.updateUI({ title: 'Done' }))
    })`,
  'does not have the name waitUntil in one piece': `
    const extend = (event, promise) => event[['wait', 'Until'].join('')](promise)
    self.addEventListener('backgroundfetchsuccess', (event) => {
      extend(event, event.updateUI({ title: 'Done' }))
    })
    self.addEventListener('backgroundfetchfail', (event, extended = extend(event, Promise.resolve())) => {
      event.updateUI({ title: 'Failed' })
      console.log(extended)
    })`,
  'does not have it in one piece, and has the event in the arguments or a chain of assignments': `
    let current, registration
    const extend = (event) => event[['wait', 'Until'].join('')](new Promise((resolve) => setTimeout(resolve, 500)))
    self.addEventListener('backgroundfetchsuccess', function (event) {
      extend(...arguments)
      event.updateUI({ title: 'Done' })
    })
    self.addEventListener('backgroundfetchfail', (event) => {
      current = ({ registration } = event)
      event.updateUI({ title: registration.id })
      extend(current)
    })`,
  'waits in another listener for the same event': `
    let updated
    self.addEventListener('backgroundfetchsuccess', (event) => { updated = event.updateUI({ title: 'Done' }) })
    self.addEventListener('backgroundfetchsuccess', (event) => { event.waitUntil(updated) })`,
  'waits in another listener, for all of the ends': `
    self.addEventListener('backgroundfetchfail', (event) => { event.updateUI({ title: 'Failed' }) })
    for (const type of ['backgroundfetchsuccess', 'backgroundfetchfail', 'backgroundfetchabort']) {
      self.addEventListener(type, (event) => event.waitUntil(new Promise((resolve) => setTimeout(resolve, 500))))
    }`,
  'waits in a listener that is a method': `
    class Downloads {
      constructor() { self.addEventListener('backgroundfetchsuccess', this.onSuccess.bind(this)) }
      onSuccess(event) { event.waitUntil(this.finish(event)) }
      async finish(event) { await event.updateUI({ title: 'Done' }) }
    }
    new Downloads()`,
  'waits in the method of a listener that is an object': `
    self.addEventListener('backgroundfetchsuccess', {
      handleEvent(event) { event.waitUntil(event.updateUI({ title: 'Done' })) },
    })`,
  'wraps all listeners': `
    const add = self.addEventListener.bind(self)
    self.addEventListener = (type, listener) => add(type, (event) => event.waitUntil(listener(event)))
    self.addEventListener('backgroundfetchsuccess', async (event) => { await event.updateUI({ title: 'Done' }) })`,
  'has nothing to update with': `
    self.addEventListener('backgroundfetchsuccess', (event) => { event.updateUI() })
    self.addEventListener('backgroundfetchfail', (event) => { event.updateUI({ icons: [], title: undefined }) })`,
  'calls updateUI() in a function that it gives to something': `
    self.addEventListener('backgroundfetchsuccess', (event) => {
      afterAll(() => event.updateUI({ title: 'Done' }))
      afterAll(function () { event.updateUI({ title: 'Done' }) })
      afterAll({ run() { event.updateUI({ title: 'Done' }) } })
      afterAll(() => [console] && event.updateUI({ title: 'Done' }))
      afterAll((promise = event.updateUI({ title: 'Done' })) => promise)
    })
    const afterAll = () => {}`,
  'updates another thing that it calls event': `
    const view = { show: (title) => title }
    self.addEventListener('backgroundfetchsuccess', (event) => {
      for (const event of [view]) event.updateUI({ title: 'Done' })
    })`,
  'has a generator for a listener, which does not run': `
    self.addEventListener('backgroundfetchsuccess', function* (event) { event.updateUI({ title: 'Done' }) })
    self.addEventListener('backgroundfetchfail', async function* onEnd(event) { event.updateUI({ title: 'Done' }) })`,
  'has code that is not in its text': `
    self.addEventListener('backgroundfetchsuccess', (event) => { event.updateUI({ title: 'Done' }) })
    fetch('more.js').then((response) => response.text()).then(eval)`,
}
