/** A finger touching a reader, animated in `trial.css` unless the operator prefers reduced motion. */
export function TouchIllustration() {
	return (
		<svg class="touch-illustration" viewBox="0 0 120 120" aria-hidden="true" focusable="false">
			<rect class="touch-reader" x="22" y="66" width="76" height="42" rx="10" />
			<rect class="touch-sensor" x="38" y="76" width="44" height="22" rx="6" />
			<g class="touch-finger">
				<path d="M46 -6v66a14 14 0 0 0 28 0v-66z" />
				<path class="touch-nail" d="M52 58a8 8 0 0 0 16 0v-8a8 6 0 0 0-16 0z" />
			</g>
		</svg>
	);
}
