// @ts-check
import { byId } from './dom.js'
import { otherOrigin } from './plans.js'

// Only the script knows the port, and so the other origin.
Object.assign(byId('other'), { src: `${otherOrigin()}/` })
