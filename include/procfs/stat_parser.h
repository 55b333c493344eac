/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PROCFS_STAT_PARSER_H
#define PROCFS_STAT_PARSER_H

/*
 * Parses /proc/PID/stat (proc_pid_stat(5)). The command name stands in parentheses and may hold
 * any byte, parentheses and newlines too: it ends at the last one of the text. Fields the kernel
 * hides from us (start_stack, start_brk) are 0, as it writes them.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define STAT_FLAG_EXITING       UINT64_C(0x00000004) /* PF_EXITING, include/linux/sched.h */
#define STAT_FLAG_KERNEL_THREAD UINT64_C(0x00200000) /* PF_KTHREAD */
#define STAT_FLAG_RANDOMIZED    UINT64_C(0x00400000) /* PF_RANDOMIZE */

struct proc_stat {
	uint64_t pid;
	const char *comm; /* comm_length bytes inside the text that was parsed */
	size_t comm_length;
	char state;
	uint64_t flags; /* STAT_FLAG_… and others */
	uint64_t minor_faults, major_faults;
	uint64_t threads;
	uint64_t start_ticks; /* clock ticks after boot */
	uint64_t size;        /* virtual memory, bytes; 0 without an address space */
	uint64_t rss;         /* pages; the kernel counts it in batches, statm is exact */
	uint64_t start_stack, start_brk;
};

/* Returns 0 and sets *ret_stat; or -EBADMSG when a field up to the size is missing or no number. */
int stat_parse(const char *bytes, size_t length, struct proc_stat *ret_stat);

/* Whether a kernel, present or past, writes this letter as a state (proc_pid_stat(5)). */
bool stat_is_state(char letter);

/* Whether a thread in this state has ended, though it is still listed: it is dead, or a zombie. */
bool stat_has_exited(char state);

/* Whether the thread has an address space: it has not exited and is no kernel thread. */
bool stat_has_memory(const struct proc_stat *stat);

/*
 * Whether the two, of one thread, can be of the same program image: where its stack and its program
 * break begin is the same, and it did not lose its memory. execve(2) changes these, but not always:
 * without randomization another image may have them, too, and both are 0 while one is being made.
 */
bool stat_is_same_image(const struct proc_stat *before, const struct proc_stat *after);

/*
 * Reads what is there of a recorded text, which may be cut anywhere: a number that it ends in does
 * not count. The rest is unknown: comm "", the state '?', start_ticks TARGET_UNKNOWN
 * (model/target.h), all else 0.
 */
void stat_parse_recorded(const char *bytes, size_t length, struct proc_stat *ret_stat);

#endif
