/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_DENIED_BYTES_H
#define APP_DENIED_BYTES_H

/*
 * Why the bytes of a process may not be read although its mappings may: in a sentence that names
 * the setting. Reading memory takes more than reading maps does (PTRACE_MODE_ATTACH instead of
 * PTRACE_MODE_READ, ptrace(2)), which the security module Yama restricts further (Yama.rst in the
 * kernel's Documentation/admin-guide/LSM).
 */

#include <stdint.h>

struct options;
struct target;
struct text;

#define DENIED_NO_YAMA (-1)

/*
 * Appends one sentence: why the user with the effective ID reader may not read the bytes of the
 * process, where kernel.yama.ptrace_scope has that value, and what would help. user is the name of
 * the process's user, or NULL.
 */
void denied_bytes_append_help(struct text *text, const struct target *target, const char *user,
			      uint64_t reader, int ptrace_scope);

/*
 * Appends a sentence: why resident_memory_open() or a read of the process failed (-errno). Returns
 * the exit status that goes with it.
 */
int denied_bytes_append(struct text *text, const struct options *options,
			const struct target *target, int error);

/* The same, said. */
int denied_bytes_say(const struct options *options, const struct target *target, int error);

#endif
