/** The signals that stop a program: sent by Ctrl+C, by `kill` or a service manager, and when the terminal closes. */
export const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
