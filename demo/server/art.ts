import type { IncomingMessage, ServerResponse } from 'node:http'
import { BadRequest } from './params'
import { randomFrom, seedOf } from './seed'

type Random = () => number

/** Answers `/art/<slug>.svg`: a square cover, always the same for the same slug. */
export function serveArt(request: IncomingMessage, response: ServerResponse, url: URL): void {
  const slug = /^\/art\/([a-z0-9-]{1,60})\.svg$/.exec(url.pathname)?.[1]
  if (!slug) throw new BadRequest('covers are called /art/<slug>.svg')
  const body = Buffer.from(drawCover(slug))
  response.writeHead(200, { 'Content-Type': 'image/svg+xml', 'Content-Length': body.length })
  response.end(request.method === 'HEAD' ? undefined : body)
}

/** Two hues that go well together: the land and upper sky, the light at the horizon. */
const MOODS = [
  [262, 312],
  [196, 44],
  [222, 18],
  [158, 66],
  [12, 38],
  [338, 28],
  [206, 172],
  [28, 48],
] as const

/** Draws the cover: the two colours of a mood, a low sun and one of three kinds of landscape before it. */
export function drawCover(slug: string): string {
  const random = randomFrom(seedOf(slug))
  for (let i = 0; i < 8; i++) random() // the first numbers of close seeds are close too
  const [hue, second] = MOODS[Math.floor(random() * MOODS.length)] ?? MOODS[0]
  const sun = {
    x: 90 + Math.floor(random() * 220),
    y: 150 + Math.floor(random() * 40),
    r: 46 + Math.floor(random() * 24),
  }
  const shapes = [waves, hills, rings][Math.floor(random() * 3)] ?? waves
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" width="400" height="400">',
    '<defs><linearGradient id="sky" x1="0" y1="0" x2="0.3" y2="1">',
    `<stop offset="0" stop-color="hsl(${hue} 50% 30%)"/><stop offset="1" stop-color="hsl(${second} 80% 68%)"/>`,
    '</linearGradient></defs>',
    '<rect width="400" height="400" fill="url(#sky)"/>',
    `<circle cx="${sun.x}" cy="${sun.y}" r="${sun.r}" fill="hsl(${second} 95% 88%)"/>`,
    shapes(random, hue, second),
    '</svg>',
  ].join('')
}

/** Radio waves lying over each other like water. */
function waves(random: Random, hue: number, second: number): string {
  return Array.from({ length: 6 }, (_, i) => {
    const y = 190 + i * 36
    const swing = 12 + random() * 22
    const shift = random() * 100
    const curve = `M-100 ${y} q50 ${-swing} 100 0 t100 0 t100 0 t100 0 t100 0 t100 0 t100 0 V420 H-100Z`
    const colour = `hsl(${i % 2 ? hue : second} 50% ${50 - i * 7}%)`
    return `<path transform="translate(${-shift.toFixed(1)} 0)" d="${curve}" fill="${colour}" fill-opacity=".75"/>`
  }).join('')
}

/** Ridges that darken towards the viewer, with a mast on one of them. */
function hills(random: Random, hue: number): string {
  const ridges = Array.from({ length: 4 }, (_, i) => {
    const base = 210 + i * 48
    const points = Array.from({ length: 6 }, (_, x) => `${x * 80},${Math.round(base + random() * 60)}`)
    return `<polygon points="0,400 ${points.join(' ')} 400,400" fill="hsl(${hue} 45% ${42 - i * 9}%)"/>`
  })
  const x = 70 + Math.floor(random() * 260)
  const mast = `<path d="M${x} 120 l-16 230 h32 Z M${x - 22} 170 h44 M${x - 14} 146 h28" fill="hsl(${hue} 45% 16%)" stroke="hsl(${hue} 45% 16%)" stroke-width="4"/>`
  return `${ridges[0]}${ridges[1]}${mast}${ridges[2]}${ridges[3]}`
}

/** Rings that go out from a point, as a transmitter is drawn. */
function rings(random: Random, hue: number, second: number): string {
  const x = 120 + Math.floor(random() * 160)
  const circles = Array.from({ length: 7 }, (_, i) => {
    const tone = `hsl(${second} 90% ${88 - i * 6}%)`
    return `<circle cx="${x}" cy="330" r="${34 + i * 40}" fill="none" stroke="${tone}" stroke-width="${14 - i}" stroke-opacity="${(0.9 - i * 0.09).toFixed(2)}"/>`
  })
  return `${circles.join('')}<path d="M0 330 H400 V400 H0Z" fill="hsl(${hue} 50% 16%)"/><circle cx="${x}" cy="330" r="16" fill="hsl(${second} 95% 86%)"/>`
}
