export const keptInside = { flip: true, shift: true }
