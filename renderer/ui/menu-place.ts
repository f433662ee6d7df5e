/** Where a menu may open: turned to the other side, or moved along, so that all of it stays in the window with 8 px to its edge. */
export const keptInside = { flip: true, shift: { crossAxis: true, padding: 8 } } as const
