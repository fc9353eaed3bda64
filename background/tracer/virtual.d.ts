declare module 'virtual:probe' {
  /** An expression whose value is the function `probe` of `extension/probe`. */
  const text: string
  export default text
}
