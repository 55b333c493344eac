/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The parsers of small files: statm, cmdline, cgroup, cpuinfo and syscall. The arguments joined
 * give the bytes again; a stack pointer is written as the last but one word.
 */
#include "fuzz.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "procfs/cgroup_parser.h"
#include "procfs/cmdline_parser.h"
#include "procfs/cpu_flags_parser.h"
#include "procfs/statm_parser.h"
#include "procfs/syscall_parser.h"

/* The path lies within the bytes, and begins with a slash. */
static void check_cgroup(const char *bytes, size_t length)
{
	size_t path_length = 0;
	const char *path = cgroup_parse(bytes, length, &path_length);
	struct text unit = {0};

	if (!path)
		return;
	FUZZ_CHECK(path >= bytes && path + path_length <= bytes + length);
	FUZZ_CHECK(path_length > 0 && path[0] == '/' && !memchr(path, '\n', path_length));
	cgroup_append_unit(&unit, path, path_length);
	FUZZ_CHECK(unit.length < path_length);
	text_finish(&unit);
}

static void check_cmdline(const char *bytes, size_t length)
{
	struct cmdline cmdline = {0};
	size_t joined = 0;

	cmdline_parse(&cmdline, bytes, length);
	for (size_t i = 0; i < cmdline.count; i++) {
		FUZZ_CHECK(cmdline.arguments[i] == bytes + joined);
		joined += strlen(cmdline.arguments[i]) + 1;
	}
	FUZZ_CHECK(joined == length || (joined == length + 1 && bytes[length - 1] != '\0'));
	cmdline_finish(&cmdline);
}

static void check_syscall(const char *bytes, size_t length)
{
	uint64_t stack_pointer = 7;
	char expected[32];
	int error = syscall_parse(bytes, length, &stack_pointer);

	FUZZ_CHECK(error == 0 || error == -EAGAIN || error == -EBADMSG);
	if (error) {
		FUZZ_CHECK(stack_pointer == 7);
		return;
	}
	snprintf(expected, sizeof(expected), "%llx", (unsigned long long)stack_pointer);
	FUZZ_CHECK(length >= strlen(" 0x 0x") + strlen(expected) + 1);
}

/* A feature is a word of one line. */
static void check_cpuinfo(const char *bytes, size_t length)
{
	FUZZ_CHECK(!cpu_flags_have(bytes, length, ""));
	FUZZ_CHECK(!cpu_flags_have(bytes, length, "a b") && !cpu_flags_have(bytes, length, "\n"));
	if (cpu_flags_have(bytes, length, "bti"))
		FUZZ_CHECK(cpu_flags_contain(bytes, bytes + length, "bti") ||
			   memchr(bytes, ':', length));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct proc_statm statm = {.size = 7}, before = statm;
	char *text = malloc(length + 1);

	if (!text)
		return 0;
	if (length)
		memcpy(text, bytes, length);
	text[length] = '\0';
	check_cgroup(text, length);
	check_cmdline(text, length);
	check_syscall(text, length);
	check_cpuinfo(text, length);
	if (statm_parse(text, length, &statm))
		FUZZ_CHECK(memcmp(&statm, &before, sizeof(statm)) == 0);
	free(text);
	return 0;
}
