/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_HIGH_DESCRIPTOR_H
#define TESTS_UNIT_HIGH_DESCRIPTOR_H

/*
 * 0 is a descriptor like any other, and what a program gets first that was started without stdin,
 * as the suite starts its tests. A test moves its own out of the way, so that it is what the code
 * under test gets.
 */

#include <fcntl.h>
#include <unistd.h>

static inline int high_descriptor(int descriptor)
{
	int high = fcntl(descriptor, F_DUPFD_CLOEXEC, 10);

	if (descriptor >= 0)
		close(descriptor);
	return high;
}

#endif
