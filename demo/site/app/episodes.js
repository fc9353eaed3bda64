// @ts-check

/** @type {import('../shared/types.js').Item[]} */
export const episodes = [
  {
    id: 'night-ferry',
    title: 'The Night Ferry',
    show: 'Slow Passages',
    blurb: 'Six hours between two islands, told by the people who never see them in daylight.',
    minutes: 4,
    parts: [{ bytes: 2_000_044 }, { bytes: 1_840_044 }],
  },
  {
    id: 'salt-roads',
    title: 'Salt Roads',
    show: 'Field Notes',
    blurb: 'A mule, a map from 1790 and a border that moved in the night.',
    minutes: 6,
    parts: [{ bytes: 2_100_044 }, { bytes: 1_800_044 }, { bytes: 1_860_044 }],
  },
  {
    id: 'valley-clock',
    title: 'A Clock for the Valley',
    show: 'Small Machines',
    blurb: 'The village that agreed on the time, and the woman who has to wind it.',
    minutes: 3,
    parts: [{ bytes: 1_500_044 }, { bytes: 1_380_044 }],
  },
  {
    id: 'numbers-station',
    title: 'Numbers Station',
    show: 'Static',
    blurb: 'For thirty years somebody read out digits at a quarter past eleven. Then, one evening, a name.',
    minutes: 5,
    // This show keeps its audio with another host, as many do.
    parts: [
      { bytes: 2_500_044, crossOrigin: true },
      { bytes: 2_300_044, crossOrigin: true },
    ],
  },
  {
    id: 'bread-at-four',
    title: 'Bread at Four',
    show: 'Early Shift',
    blurb: 'What a city sounds like before anyone who writes about it is awake.',
    minutes: 4,
    // This show counts its listeners with a redirect.
    parts: [{ bytes: 1_900_044, redirect: true }, { bytes: 1_940_044 }],
  },
  {
    id: 'rivers-forget',
    title: 'How Rivers Forget',
    show: 'Field Notes',
    blurb: 'A dam comes down, and the fish remember a way that nobody had drawn.',
    minutes: 5,
    parts: [{ bytes: 1_700_044 }, { bytes: 1_500_044 }, { bytes: 1_600_044 }],
  },
]
