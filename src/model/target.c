/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/target.h"

#define PAGE_SIZE_MIN UINT64_C(512)
#define PAGE_SIZE_MAX (UINT64_C(1) << 20)

bool target_is_page_size(uint64_t size)
{
	return size >= PAGE_SIZE_MIN && size <= PAGE_SIZE_MAX && !(size & (size - 1));
}

const char *target_state_words(char state)
{
	switch (state) {
	case 'R': return "running";
	case 'S': return "sleeping";
	case 'D': return "disk sleep"; /* as in /proc/PID/status, for whatever it waits */
	case 'T': return "stopped";
	case 't': return "traced";
	case 'Z': return "ended";
	case 'X': return "ended";
	case 'I': return "idle";
	default: return "state unknown";
	}
}
