/* A double of a library of the newer SDK for Linux, as far as anybody asks it: it has other entry points. */
int sensorOpen(void *device);

int sensorOpen(void *device) {
	(void) device;
	return 0;
}
