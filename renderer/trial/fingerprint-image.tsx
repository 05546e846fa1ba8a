import { useSignal } from '@preact/signals';
import type { MinutiaView, TrialScan } from '../../src/operator/contract.ts';
import { Switch } from '../components/forms/switch.tsx';
import { useText } from '../window-context.ts';
import { minutiaMark } from './minutia-mark.ts';

/** The fingerprint image with its minutiae, which the operator can hide, and a legend. */
export function FingerprintImage({ scan }: { readonly scan: TrialScan }) {
	const { trial } = useText();
	const areShown = useSignal(true);
	const { png, width, height, minutiae } = scan;
	return (
		<figure class="fingerprint">
			<div class="fingerprint-image">
				<img
					src={`data:image/png;base64,${png}`}
					width={width}
					height={height}
					alt={trial.imageAlt(width, height, minutiae.length)}
				/>
				{areShown.value && <MinutiaOverlay scan={scan} />}
			</div>
			<figcaption>
				<Switch
					label={trial.showMinutiae}
					isOn={areShown.value}
					onChange={(isOn) => {
						areShown.value = isOn;
					}}
				/>
				<MinutiaLegend minutiae={minutiae} />
			</figcaption>
		</figure>
	);
}

function MinutiaOverlay({ scan: { width, height, dpi, minutiae } }: { readonly scan: TrialScan }) {
	return (
		<svg class="minutiae" viewBox={`0 0 ${width} ${height}`} aria-hidden="true" focusable="false">
			{minutiae.map((minutia) => (
				<MinutiaGlyph key={`${minutia.kind} ${minutia.x} ${minutia.y} ${minutia.angle}`} minutia={minutia} dpi={dpi} />
			))}
		</svg>
	);
}

/** Drawn twice, a light halo below a coloured mark, so that it is visible on ridges and valleys. */
function MinutiaGlyph({ minutia, dpi }: { readonly minutia: Omit<MinutiaView, 'quality'>; readonly dpi: number }) {
	return (
		<g class={`minutia minutia-${minutia.kind}`}>
			<MinutiaShape minutia={minutia} dpi={dpi} layer="halo" />
			<MinutiaShape minutia={minutia} dpi={dpi} layer="mark" />
		</g>
	);
}

function MinutiaShape(props: { minutia: Omit<MinutiaView, 'quality'>; dpi: number; layer: 'halo' | 'mark' }) {
	const { kind, x, y } = props.minutia;
	const { radius, line } = minutiaMark(props.minutia, props.dpi);
	return (
		<g class={`minutia-${props.layer}`}>
			{kind === 'ridge-ending' ? (
				<circle cx={x} cy={y} r={radius} />
			) : (
				<rect x={x - radius} y={y - radius} width={2 * radius} height={2 * radius} />
			)}
			<line {...line} />
		</g>
	);
}

function MinutiaLegend({ minutiae }: { readonly minutiae: readonly MinutiaView[] }) {
	const { trial } = useText();
	const count = (kind: MinutiaView['kind']) => minutiae.filter((minutia) => minutia.kind === kind).length;
	return (
		<ul class="minutia-legend" aria-label={trial.legend}>
			<LegendEntry kind="ridge-ending" name={trial.endings(count('ridge-ending'))} help={trial.endingHelp} />
			<LegendEntry kind="bifurcation" name={trial.bifurcations(count('bifurcation'))} help={trial.bifurcationHelp} />
		</ul>
	);
}

function LegendEntry(props: { kind: MinutiaView['kind']; name: string; help: string }) {
	return (
		<li>
			<svg class="minutia-sample" viewBox="0 0 28 16" aria-hidden="true" focusable="false">
				<MinutiaGlyph minutia={{ kind: props.kind, x: 8, y: 8, angle: 0 }} dpi={500} />
			</svg>
			<span>
				<span class="minutia-count">{props.name}</span>
				<span class="field-hint">{props.help}</span>
			</span>
		</li>
	);
}
