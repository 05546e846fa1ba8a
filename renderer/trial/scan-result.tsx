import type { TrialScan } from '../../src/operator/contract.ts';
import { DetailList } from '../components/detail-list.tsx';
import { Banner } from '../components/messages/banner.tsx';
import { useText } from '../window-context.ts';
import { FingerprintImage } from './fingerprint-image.tsx';
import { DEFAULT_THRESHOLD, qualityBand } from './quality-gauge.ts';
import { QualityMeter } from './quality-meter.tsx';

/** The result of a scan: the image, its quality, and advice for the next scan. */
export function ScanResult({ scan }: { readonly scan: TrialScan }) {
	const { trial, formats } = useText();
	return (
		<div class="scan-result">
			<div class="scan-summary">
				<QualityMeter quality={scan.quality} />
				<Verdict scan={scan} />
			</div>
			<FingerprintImage scan={scan} />
			<div class="scan-findings">
				<Advice scan={scan} />
				<DetailList
					details={[
						{ name: trial.facts.minutiae, value: formats.number(scan.minutiae.length) },
						{ name: trial.facts.size, value: trial.size(scan.width, scan.height) },
						{ name: trial.facts.resolution, value: trial.resolution(scan.dpi) },
					]}
				/>
				<p class="field-hint">{trial.privacy}</p>
			</div>
		</div>
	);
}

function Verdict({ scan: { isUsable, quality } }: { readonly scan: TrialScan }) {
	const { trial } = useText();
	if (isUsable) return <p>{trial.verdicts[qualityBand(quality)]}</p>;
	return (
		<Banner tone="warning" title={trial.unusableTitle}>
			<p>{trial.unusableHelp}</p>
		</Banner>
	);
}

function Advice({ scan: { hints: found, quality } }: { readonly scan: TrialScan }) {
	const { trial, hints } = useText();
	return (
		<section class="scan-advice" aria-labelledby="scan-advice-title">
			<h2 id="scan-advice-title">{trial.advice}</h2>
			{found.length === 0 && <p>{quality < DEFAULT_THRESHOLD ? trial.noKnownAdvice : trial.noAdvice}</p>}
			{found.length > 0 && (
				<ul>
					{found.map((hint) => (
						<li key={hint}>
							<strong>{hints[hint].what}.</strong> {hints[hint].advice}
						</li>
					))}
				</ul>
			)}
		</section>
	);
}
