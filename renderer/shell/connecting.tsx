import { Button } from '../components/button.tsx';
import { useConsole, useText } from '../window-context.ts';
import { Masthead } from './masthead.tsx';

/** Stands there until the service has said something. */
export function Connecting() {
	const { shell } = useText();
	const link = useConsole().link.value;
	return (
		<div class="doorstep">
			<Masthead />
			<main class="doorstep-card">
				<h1>{link.phase === 'lost' ? shell.linkLost : shell.connecting}</h1>
				{link.phase === 'lost' && (
					<Button icon="restart" onClick={link.retry}>
						{shell.retryNow}
					</Button>
				)}
			</main>
		</div>
	);
}
