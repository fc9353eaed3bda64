// @ts-check
import { openPage } from '../app/page.js'
import { registerWorker } from '../app/worker.js'
import { createPlaces } from '../shared/places.js'
import { books } from './books.js'

await createPlaces()
const worker = await registerWorker('/library/sw.js?handler=discard', '/library/')
await openPage(books, worker)
