const bodies: Readonly<Record<string, string>> = {
  'catches what updateUI() throws, by the promise': `
    event.waitUntil(clean().then(() => event.updateUI({ title: 'x' })).catch(() => {}))`,
  'catches what updateUI() throws, and gives the promise a name': `
    const done = clean().then(() => event.updateUI({ title: 'x' })).catch(() => {})
    event.waitUntil(done)`,
  'catches what complete() throws, by the promise': `
    event.waitUntil(clean().then(() => event.registration.complete()).finally(clean).catch(() => {}))`,
  'catches what updateUI() throws, by the promise of an async function': `
    event.waitUntil((async () => { await event.updateUI({ title: 'x' }) })().catch(() => {}))`,
  'catches what updateUI() throws, by the second argument of then()': `
    event.waitUntil(clean().then(() => event.updateUI({ title: 'x' })).then(() => 1, () => {}))`,
  'catches what updateUI() throws, by a promise further out': `
    event.waitUntil((async () => { return clean().then(() => event.updateUI({ title: 'x' })) })().catch(() => {}))`,
  'has updateUI() called by a function that catches': `
    event.waitUntil(safely(() => event.updateUI({ title: 'x' })))`,
  'gives the promise to a function that catches': `
    event.waitUntil(safely((async () => { await event.updateUI({ title: 'x' }) })()))`,
  'waits for all promises, however they end': `
    event.waitUntil(Promise.allSettled([clean(), (async () => event.updateUI({ title: 'x' }))()]))`,
  'catches where it calls its own function': `
    const update = () => event.updateUI({ title: 'x' })
    try { update() } catch {}`,
  'catches where it calls its own async function': `
    async function update() { await event.updateUI({ title: 'x' }) }
    event.waitUntil(update().catch(() => {}))`,
  'catches where it calls its own method': `
    const ui = { update() { event.updateUI({ title: 'x' }) }, more: () => event.updateUI({ title: 'x' }) }
    try { ui.update(); ui.more() } catch {}`,
  'catches the promise later': `
    const updated = (async () => { await event.updateUI({ title: 'x' }) })()
    event.waitUntil(updated.catch(() => {}))`,
  'catches the promise of a chain later': `
    event.waitUntil((async () => {
      const updated = clean().then(() => event.updateUI({ title: 'x' }))
      await updated.catch(() => {})
    })())`,
}

/** Workers that catch what a method that is not there throws. For tests. */
export const correctCaught: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(bodies).map(([name, body]) => [
    name,
    `const clean = async () => { await caches.delete('x') }
    const safely = async (run) => { try { await (run.then ? run : run()) } catch {} }
    self.addEventListener('backgroundfetchabort', (event) => {
      ${body}
      safely(clean)
    })`,
  ]),
)
