/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/landlock.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

/* linux/landlock.h may be older than the kernel, or missing; these are the same everywhere. */
#define CREATE_RULESET 444
#define ADD_RULE       445
#define RESTRICT_SELF  446
#define ASK_VERSION    1U
#define PATH_BENEATH   1U

/* What changes files in the first version: all of its rights but execute, read and list. */
#define WRITING_1 (UINT64_C(1) << 1 | UINT64_C(0x1ff0))
/* Since version 2 files may be linked or renamed from one folder to another; 3 can truncate. */
#define REFER    (UINT64_C(1) << 13)
#define TRUNCATE (UINT64_C(1) << 14)

int landlock_version(void)
{
	long version = syscall(CREATE_RULESET, NULL, (size_t)0, ASK_VERSION);

	return version > 0 ? (int)version : 0;
}

/* struct landlock_path_beneath_attr */
struct beneath {
	uint64_t allowed;
	int32_t folder;
} __attribute__((packed));

static void allow_below(int ruleset, const char *folder, uint64_t allowed)
{
	const struct beneath beneath = {.allowed = allowed,
					.folder = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC)};

	if (beneath.folder < 0)
		return;
	(void)syscall(ADD_RULE, ruleset, PATH_BENEATH, &beneath, 0U);
	close(beneath.folder);
}

int landlock_forbid_writing(const char *folder)
{
	const int version = landlock_version();
	/* What is handled and in no rule is forbidden: struct landlock_ruleset_attr. */
	const uint64_t handled =
		WRITING_1 | (version > 1 ? REFER : 0) | (version > 2 ? TRUNCATE : 0);
	int ruleset, error = 0;

	if (!version)
		return -EOPNOTSUPP;
	ruleset = (int)syscall(CREATE_RULESET, &handled, sizeof(handled), 0U);
	if (ruleset < 0)
		return -errno;
	/* Without the folder nothing can be written there anyway. */
	if (folder)
		allow_below(ruleset, folder, handled);
	if (syscall(RESTRICT_SELF, ruleset, 0U))
		error = -errno;
	close(ruleset);
	return error;
}
