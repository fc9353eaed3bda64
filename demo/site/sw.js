// @ts-check
// The worker of the podcast page. Its address chooses how it treats an abort: /sw.js?handler=<name>
import './worker/start.js'
