// @ts-check
// The worker of the audiobooks: the same program in a scope of its own.
import '../worker/start.js'
