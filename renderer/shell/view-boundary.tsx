import type { ComponentChildren } from 'preact';
import { useErrorBoundary } from 'preact/hooks';
import { Banner } from '../components/banner.tsx';
import { Button } from '../components/button.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { useText } from '../window-context.ts';

/** Keeps a fault in one view from taking the whole window with it, and says what to do. */
export function ViewBoundary({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
	const { shell } = useText();
	const [fault] = useErrorBoundary();
	if (fault === undefined) return <>{children}</>;
	return (
		<>
			<PageHeader title={title} lead={shell.viewFailedHelp} />
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
