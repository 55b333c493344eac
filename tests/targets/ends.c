/* SPDX-License-Identifier: GPL-2.0-or-later */

/* Ends at the first byte on stdin. */

#include "target.h"

int main(void)
{
	target_start();
	target_say("ready");
	target_wait();
	return 0;
}
