/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * Runs a command that may not call perf_event_open(2), as in a container, or on a kernel that is
 * built without it. Arguments: the errno that the call fails with, and the command. Ends with 77
 * where the kernel has no filters.
 */

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#define SKIPPED 77

int main(int argc, char **argv)
{
	const unsigned error = argc > 2 ? (unsigned)atoi(argv[1]) & SECCOMP_RET_DATA : 0;
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_perf_event_open, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | error),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	const struct sock_fprog program = {.len = sizeof(filter) / sizeof(filter[0]),
					   .filter = filter};

	if (!error)
		return EINVAL;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) ||
	    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0))
		return SKIPPED;
	execvp(argv[2], argv + 2);
	return errno;
}
