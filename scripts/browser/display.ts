/** Whether a window can be shown: always on Windows and macOS, on Linux when there is a display. */
export const hasDisplay = (): boolean =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
