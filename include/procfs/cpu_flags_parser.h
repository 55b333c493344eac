/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef PROCFS_CPU_FLAGS_PARSER_H
#define PROCFS_CPU_FLAGS_PARSER_H

/*
 * Reads which features a processor has from /proc/cpuinfo (proc_cpuinfo(5)): the words of the line
 * "flags" (x86) or "Features" (arm).
 */

#include <stdbool.h>
#include <stddef.h>

/* Whether a line of the text names the feature. */
bool cpu_flags_have(const char *bytes, size_t length, const char *feature);

/* Whether the word is one of those, with blanks between them, from bytes up to end. */
bool cpu_flags_contain(const char *bytes, const char *end, const char *word);

#endif
