/** Range and default of the chance that a wrong finger is accepted by one `verify:start`. */
export const FALSE_MATCH_RATE = { min: 0.000001, max: 0.01, default: 0.0001 } as const;
