// The signs of the pages, drawn as lines; always beside or under a text that says the same.
const PATHS = {
  phone: 'M5 4h4l2 5-2.5 1.5a11 11 0 0 0 5 5L15 13l5 2v4a2 2 0 0 1-2 2A15 15 0 0 1 3 6a2 2 0 0 1 2-2z',
  hangUp: 'M3 14c0-2 4-5 9-5s9 3 9 5v2h-5v-3a13 13 0 0 0-8 0v3H3z',
  hold: 'M8 5v14M16 5v14',
  play: 'M7 4l13 8-13 8z',
  mute: 'M9 9v-3a3 3 0 0 1 6 0v5M15 14a3 3 0 0 1-5.5-1M5 11a7 7 0 0 0 11 5.7M12 18v3M4 4l16 16',
  microphone: 'M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3zM5 11a7 7 0 0 0 14 0M12 18v3',
  speaker: 'M4 9v6h4l5 4V5L8 9zM16.5 8.5a5 5 0 0 1 0 7M19 6a9 9 0 0 1 0 12',
  transfer: 'M4 8h13l-4-4M20 16H7l4 4',
  conference: 'M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM16 12a2.5 2.5 0 1 0 0-5M2.5 19a5.5 5.5 0 0 1 11 0M15 14.5a4.5 4.5 0 0 1 6 4.5',
  keypad: 'M6 5h.01M12 5h.01M18 5h.01M6 11h.01M12 11h.01M18 11h.01M6 17h.01M12 17h.01M18 17h.01',
  note: 'M5 4h14v12l-4 4H5zM9 9h6M9 13h4',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  headset: 'M4 14v-2a8 8 0 0 1 16 0v2M4 14h3v5H5a1 1 0 0 1-1-1zM20 14h-3v5h2a1 1 0 0 0 1-1zM17 19c0 2-2 2-4 2',
  orders: 'M6 3h9l4 4v14H6zM9 11h7M9 15h7M14 3v5h5',
  history: 'M4 12a8 8 0 1 1 2.5 5.8M4 20v-4h4M12 8v4l3 2',
  customers: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21a8 8 0 0 1 16 0',
  book: 'M5 4h10a4 4 0 0 1 4 4v12H8a3 3 0 0 1-3-3zM5 17a3 3 0 0 1 3-3h11',
  chart: 'M4 20V4M4 20h16M8 16v-4M12 16V8M16 16v-6',
  live: 'M3 12h4l3-8 4 16 3-8h4',
  wall: 'M3 5h18v11H3zM9 20h6M12 16v4',
  record: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z',
  gear: 'M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M19 5l-2 2M7 17l-2 2',
  flow: 'M4 4h6v5H4zM14 15h6v5h-6zM7 9v4h10v2M14 4h6v5h-6z',
  listen: 'M6 9a6 6 0 0 1 12 0c0 5-4 5-4 8a3 3 0 0 1-5.5 1.5M9.5 9.5a2.5 2.5 0 0 1 5 0c0 2-2 2-2 4',
  whisper: 'M4 6h16v10H10l-5 4v-4H4zM8 10h8M8 13h4',
  logOut: 'M10 4H5v16h5M15 8l4 4-4 4M19 12H9',
  plus: 'M12 5v14M5 12h14',
  check: 'M5 13l4 4L19 7',
  cross: 'M6 6l12 12M18 6L6 18',
  warning: 'M12 4l9 16H3zM12 10v4M12 17h.01',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3 2',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l5 5',
  menu: 'M4 6h16M4 12h16M4 18h16',
  refresh: 'M20 11a8 8 0 1 0-2.3 6.7M20 4v7h-7',
  left: 'M19 12H5M11 6l-6 6 6 6',
  up: 'M12 19V5M6 11l6-6 6 6',
  down: 'M12 5v14M6 13l6 6 6-6',
  eye: 'M2 12s4-7 10-7 10 7 10 7-4 7-10 7S2 12 2 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z',
} as const

export type IconName = keyof typeof PATHS

export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg className="icon" width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor"
      strokeWidth="1.9" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  )
}
