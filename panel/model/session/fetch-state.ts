/**
 * `queued`: nothing has moved yet. `active`: bytes have. `settled`: it has a result and the worker's event
 * is not over. `over`: the records are released. `unobserved`: no page that could see it is watched.
 * `gone`: it ended, and how was not observed.
 */
export type FetchState = 'queued' | 'active' | 'settled' | 'over' | 'unobserved' | 'gone'
