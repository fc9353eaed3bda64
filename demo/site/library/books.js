// @ts-check

/**
 * Chapters of the same length each.
 * @param {number} count
 * @param {number} bytes
 */
const chapters = (count, bytes) => Array.from({ length: count }, () => ({ bytes }))

/** @type {import('../shared/types.js').Item[]} */
export const books = [
  {
    id: 'lamplighter-atlas',
    title: 'The Lamplighter’s Atlas',
    show: 'Ines Halloran',
    blurb: 'A map-maker walks a city by night and finds a street that is only there when it is lit.',
    minutes: 8,
    parts: chapters(8, 960_044),
  },
  {
    id: 'winter-apples',
    title: 'Winter Apples',
    show: 'Tomas Berg',
    blurb: 'Three sisters, one orchard, and a will that can only be read in January.',
    minutes: 6,
    parts: chapters(6, 960_044),
  },
  {
    id: 'tide-tables',
    title: 'Tide Tables',
    show: 'Noor Castellan',
    blurb: 'Short stories from a coast where everyone keeps time by the water.',
    minutes: 10,
    parts: chapters(10, 960_044),
  },
]
