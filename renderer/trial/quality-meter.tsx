import { useText } from '../window-context.ts';
import { GAUGE_BOX, gaugeArc, gaugeTick, qualityBand, USUAL_THRESHOLD } from './quality-gauge.ts';

/** Quality, 0..100, on a dial with the threshold that pages usually set, and in a word. */
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
				aria-valuetext={trial.qualityText(quality, trial.bands[band], USUAL_THRESHOLD)}
			/>
			<div class="quality-dial" aria-hidden="true">
				<svg viewBox={`0 0 ${GAUGE_BOX.width} ${GAUGE_BOX.height}`} aria-hidden="true" focusable="false">
					<path class="quality-track" d={gaugeArc(0, 100)} />
					{quality > 0 && <path class="quality-value" d={gaugeArc(0, quality)} />}
					<path class="quality-threshold" d={gaugeTick(USUAL_THRESHOLD, 0.82, 1.18)} />
				</svg>
				<span class="quality-number">{formats.number(quality)}</span>
			</div>
			<p class="quality-band" aria-hidden="true">
				{trial.bands[band]}
			</p>
			<p class="field-hint" aria-hidden="true">
				{trial.threshold(USUAL_THRESHOLD)}
			</p>
		</div>
	);
}
