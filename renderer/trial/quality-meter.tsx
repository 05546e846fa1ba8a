import { useText } from '../window-context.ts';
import { DEFAULT_THRESHOLD, GAUGE_BOX, gaugeArc, gaugeTick, qualityBand } from './quality-gauge.ts';

/** Quality, 0..100, as a dial with the default threshold and as a word. */
export function QualityMeter({ quality }: { readonly quality: number }) {
	const { trial, formats } = useText();
	const band = qualityBand(quality);
	return (
		<div class={`quality-meter quality-${band}`}>
			<meter
				class="visually-hidden"
				min={0}
				max={100}
				value={quality}
				aria-label={trial.quality}
				aria-valuetext={trial.qualityText(quality, trial.bands[band], DEFAULT_THRESHOLD)}
			/>
			<div class="quality-dial" aria-hidden="true">
				<svg viewBox={`0 0 ${GAUGE_BOX.width} ${GAUGE_BOX.height}`} aria-hidden="true" focusable="false">
					<path class="quality-track" d={gaugeArc(0, 100)} />
					{quality > 0 && <path class="quality-value" d={gaugeArc(0, quality)} />}
					<path class="quality-threshold" d={gaugeTick(DEFAULT_THRESHOLD, 0.82, 1.18)} />
				</svg>
				<span class="quality-number">{formats.number(quality)}</span>
			</div>
			<p class="quality-band" aria-hidden="true">
				{trial.bands[band]}
			</p>
			<p class="field-hint" aria-hidden="true">
				{trial.threshold(DEFAULT_THRESHOLD)}
			</p>
		</div>
	);
}
