/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/capabilities.h"

#include <errno.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

static uint32_t word(uint64_t set, unsigned i)
{
	return (uint32_t)(set >> (32 * i));
}

int capabilities_keep(uint64_t kept)
{
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3];

	if (syscall(SYS_capget, &header, data))
		return -errno;
	for (unsigned i = 0; i < _LINUX_CAPABILITY_U32S_3; i++) {
		data[i].permitted &= word(kept, i);
		data[i].effective &= word(kept, i);
		data[i].inheritable = 0;
	}
	/* What is not inheritable is not ambient either: capabilities(7). */
	return syscall(SYS_capset, &header, data) ? -errno : 0;
}

bool capabilities_has(unsigned capability)
{
	return prctl(PR_CAPBSET_READ, (unsigned long)capability, 0, 0, 0) >= 0;
}
