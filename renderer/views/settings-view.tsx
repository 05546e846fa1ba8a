import { PageHeader } from '../components/page-header.tsx';
import { useText } from '../window-context.ts';

/** settings */
export function SettingsView() {
	const { shell, settings } = useText();
	return <PageHeader title={shell.views.settings} lead={settings.lead} />;
}
