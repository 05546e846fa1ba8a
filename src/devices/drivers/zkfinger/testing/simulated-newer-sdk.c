/* Simulates the library of the newer SDK for Linux, which has different entry points; only one of them is needed. */
int sensorOpen(void *device);

int sensorOpen(void *device) {
	(void) device;
	return 0;
}
