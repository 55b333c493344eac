/* SPDX-License-Identifier: GPL-2.0-or-later */

/* Grows its brk heap by 1 MiB for each line on stdin, and says "grown" when that is done. */

#include "target.h"

int main(void)
{
	const intptr_t step = 1024 * 1024;
	int byte;

	target_start();
	/* stdio's own buffers come from malloc(): they must not be given by the same break later.
	 */
	target_need(sbrk(step) != (void *)-1, "sbrk");
	target_say("ready");
	while ((byte = target_wait()) >= 0) {
		if (byte != '\n')
			continue;
		target_need(sbrk(step) != (void *)-1, "sbrk");
		target_say("grown");
	}
	return 0;
}
