/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PROCFS_SYSCALL_PARSER_H
#define PROCFS_SYSCALL_PARSER_H

/*
 * Parses /proc/PID/task/TID/syscall (proc_pid_syscall(5)) for the stack pointer: "running",
 * "-1 SP PC" for a thread that waits outside a system call, or the call's number, its arguments,
 * SP and PC.
 */

#include <stddef.h>
#include <stdint.h>

/* Returns 0 and sets *ret_stack_pointer; -EAGAIN when the thread was running; or -EBADMSG. */
int syscall_parse(const char *bytes, size_t length, uint64_t *ret_stack_pointer);

#endif
