import type { ComponentChildren } from 'preact';
import { useErrorBoundary } from 'preact/hooks';
import { Button } from '../components/buttons/button.tsx';
import { Banner } from '../components/messages/banner.tsx';
import { ViewHeader } from '../components/view-header.tsx';
import { useText } from '../window-context.ts';

/** Shows an error instead of a view that failed to render, so that the rest of the window stays usable. */
export function ViewErrorBoundary({
	title,
	children,
}: {
	readonly title: string;
	readonly children: ComponentChildren;
}) {
	const { shell } = useText();
	const [fault] = useErrorBoundary();
	if (fault === undefined) return <>{children}</>;
	return (
		<>
			<ViewHeader title={title} lead={shell.viewFailedHelp} />
			<Banner
				tone="bad"
				title={shell.viewFailed}
				actions={
					<Button icon="restart" onClick={() => location.reload()}>
						{shell.reload}
					</Button>
				}
			>
				<p class="problem-detail">{String(fault)}</p>
			</Banner>
		</>
	);
}
