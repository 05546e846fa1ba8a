import { PageHeader } from '../components/page-header.tsx';
import { useText } from '../window-context.ts';

/** about */
export function AboutView() {
	const { shell, about } = useText();
	return <PageHeader title={shell.views.about} lead={about.lead} />;
}
