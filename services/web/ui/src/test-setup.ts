// What jsdom lacks and pages expect.
Object.defineProperty(globalThis, 'matchMedia', { value: () => ({ matches: false, addEventListener: () => undefined }) })
