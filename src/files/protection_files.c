/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "files/protection_files.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/number.h"
#include "base/text.h"
#include "kernel/avoid.h"
#include "kernel/proc_file.h"
#include "kernel/procfs_options.h"
#include "kernel/procfs_relation.h"
#include "model/protection.h"
#include "model/target.h"
#include "procfs/cpu_flags_parser.h"
#include "procfs/stat_parser.h"
#include "procfs/status_parser.h"

#define FILE_MAX ((size_t)64 * 1024) /* bytes; all of what is read here has less */
#define CPU_MAX  ((size_t)16 * 1024) /* of cpuinfo: the first processor is like the others */

static uint64_t read_number(int directory, const char *path, unsigned base, struct text *text)
{
	const char *at;
	uint64_t number;

	if (proc_file_read(directory, path, FILE_MAX, text))
		return TARGET_UNKNOWN;
	at = text_string(text);
	return number_scan(&at, at + text->length, base, &number) ? TARGET_UNKNOWN : number;
}

static enum protection_fact fact(bool yes)
{
	return yes ? PROTECTION_YES : PROTECTION_NO;
}

static void read_process(int directory, struct text *text, struct protection *protection)
{
	struct proc_stat stat;
	const char *at, *end;

	protection->personality = read_number(directory, "personality", 16, text);
	if (!proc_file_read(directory, "stat", FILE_MAX, text) &&
	    !stat_parse(text_string(text), text->length, &stat))
		protection->randomized = (uint8_t)fact(stat.flags & STAT_FLAG_RANDOMIZED);
	if (proc_file_read(directory, "status", FILE_MAX, text))
		return;
	at = status_find(text_string(text), text->length, "x86_Thread_features", &end);
	if (at)
		protection->shadows = (uint8_t)fact(cpu_flags_contain(at, end, "shstk"));
}

static void read_system(int root, struct text *text, struct protection *protection)
{
	protection->randomize = read_number(root, "sys/kernel/randomize_va_space", 10, text);
	if (proc_file_read(root, "cpuinfo", CPU_MAX, text) || !text->length)
		return;
	protection->can_shadow =
		(uint8_t)fact(cpu_flags_have(text_string(text), text->length, "user_shstk"));
	protection->can_guard_jumps =
		(uint8_t)fact(cpu_flags_have(text_string(text), text->length, "bti"));
}

void protection_files_read(const struct procfs_options *options, int directory,
			   struct protection *ret_protection)
{
	struct protection protection = protection_unknown();
	int root = proc_file_open_directory(AT_FDCWD, options->root);
	struct text text = {0};

	if (directory >= 0)
		read_process(directory, &text, &protection);
	if (root >= 0) {
		read_system(root, &text, &protection);
		protection.guards_unseen = !procfs_relation_is_live(root) ||
					   (options->avoid & (AVOID_PAGEMAP_SCAN | AVOID_PAGEMAP));
		close(root);
	}
	*ret_protection = protection;
	text_finish(&text);
}
