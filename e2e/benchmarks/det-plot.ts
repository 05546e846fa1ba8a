import type { OperatingPoint } from './error-rates.ts';

const WIDTH = 640;
const HEIGHT = 520;
const FRAME = { left: 80, right: 610, top: 65, bottom: 460 };
/** Rates at the grid lines. */
const FALSE_MATCH = [0.0001, 0.001, 0.01, 0.1, 1] as const;
const FALSE_NON_MATCH = [0.001, 0.01, 0.1, 1] as const;

/**
 * Returns an SVG image of the detection error trade-off: the false non-match rate over the false match rate for each threshold,
 * on logarithmic axes. Rates below the end of an axis, also 0, are plotted at its end.
 *
 * @param equalErrorRate marked on the curve, 0..1
 * @see A. Martin et al., "The DET curve in assessment of detection task performance", Eurospeech 1997
 */
export function plotDet(points: readonly OperatingPoint[], title: string, equalErrorRate: number): string {
	const curve = points.map(({ falseMatch, falseNonMatch }) => `${across(falseMatch)},${down(falseNonMatch)}`).join(' ');
	const least = FALSE_NON_MATCH[0];
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" font-family="sans-serif" font-size="13">
<rect width="${WIDTH}" height="${HEIGHT}" fill="white"/>
<text x="${FRAME.left}" y="28" font-size="17">${escapeXml(title)}</text>
<text x="${FRAME.left}" y="50" fill="#555">equal error rate ${percent(equalErrorRate)} (circle)</text>
${FALSE_MATCH.map(gridLineDown).join('\n')}
${FALSE_NON_MATCH.map(gridLineAcross).join('\n')}
<text x="${(FRAME.left + FRAME.right) / 2}" y="${HEIGHT - 16}" text-anchor="middle">false match rate (FMR)</text>
<text transform="translate(22 ${(FRAME.top + FRAME.bottom) / 2}) rotate(-90)" text-anchor="middle">false non-match rate (FNMR)</text>
<line x1="${across(least)}" y1="${down(least)}" x2="${across(1)}" y2="${down(1)}" stroke="#999" stroke-dasharray="5 4"/>
<polyline points="${curve}" fill="none" stroke="#06c" stroke-width="2" stroke-linejoin="round"/>
<circle cx="${across(equalErrorRate)}" cy="${down(equalErrorRate)}" r="5" fill="none" stroke="#c30" stroke-width="2"/>
</svg>
`;
}

function gridLineDown(rate: number): string {
	const x = across(rate);
	return `<line x1="${x}" y1="${FRAME.top}" x2="${x}" y2="${FRAME.bottom}" stroke="#ddd"/>
<text x="${x}" y="${FRAME.bottom + 18}" text-anchor="middle">${percent(rate)}</text>`;
}

function gridLineAcross(rate: number): string {
	const y = down(rate);
	return `<line x1="${FRAME.left}" y1="${y}" x2="${FRAME.right}" y2="${y}" stroke="#ddd"/>
<text x="${FRAME.left - 8}" y="${y + 4}" text-anchor="end">${percent(rate)}</text>`;
}

function across(falseMatch: number): number {
	return Math.round(FRAME.left + (FRAME.right - FRAME.left) * share(falseMatch, FALSE_MATCH));
}

function down(falseNonMatch: number): number {
	return Math.round(FRAME.bottom - (FRAME.bottom - FRAME.top) * share(falseNonMatch, FALSE_NON_MATCH));
}

/** Returns the position of a rate on a logarithmic axis from its lowest rate to 1, as a share of its length, 0..1. */
function share(rate: number, [lowest]: readonly [number, ...number[]]): number {
	return 1 - Math.log(Math.max(rate, lowest)) / Math.log(lowest);
}

function percent(rate: number): string {
	return `${Number((100 * rate).toFixed(2))} %`;
}

function escapeXml(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
