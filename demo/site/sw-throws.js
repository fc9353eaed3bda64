// @ts-check
// A worker that cannot start again. Installing it goes well; every start after its activation throws
// before it has any listener, as a worker does whose code relies on something that is gone by then.
import { scope } from './worker/scope.js'

if (scope.serviceWorker.state === 'activated') throw new Error('Longwave: this worker cannot start')

scope.addEventListener('install', (event) => event.waitUntil(scope.skipWaiting()))
scope.addEventListener('activate', (event) => event.waitUntil(scope.clients.claim()))
scope.addEventListener('backgroundfetchabort', () => console.log('Longwave: abort'))
