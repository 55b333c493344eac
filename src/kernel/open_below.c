/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/open_below.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Since Linux 5.12; headers may be older than the kernel. */
#ifndef RESOLVE_CACHED
#define RESOLVE_CACHED 0x20
#endif

/* mseal(2), the same number everywhere but on Alpha. */
#define MSEAL 462

static const struct open_how hows[OPEN_BELOW_WAYS] = {
	[OPEN_BELOW] = {.flags = O_PATH | O_CLOEXEC,
			.resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS},
	[OPEN_BELOW_LINK] = {.flags = O_PATH | O_NOFOLLOW | O_CLOEXEC,
			     .resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS},
	[OPEN_BELOW_CACHED] = {.flags = O_PATH | O_NOFOLLOW | O_CLOEXEC,
			       .resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS | RESOLVE_CACHED},
};

int open_below(int root, const char *path, enum open_below_way way)
{
	long opened;

	if (root < 0)
		return -ENOENT;
	while (*path == '/')
		path++;
	opened = syscall(SYS_openat2, root, path, &hows[way], sizeof(hows[way]));
	return opened < 0 ? -errno : (int)opened;
}

const void *open_below_argument(enum open_below_way way)
{
	return &hows[way];
}

void open_below_seal(void)
{
	const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
	const uintptr_t start = (uintptr_t)hows & ~(page - 1);
	const uintptr_t end = ((uintptr_t)(hows + OPEN_BELOW_WAYS) + page - 1) & ~(page - 1);

	(void)syscall(MSEAL, start, end - start, 0UL);
}
