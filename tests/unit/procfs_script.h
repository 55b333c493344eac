/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_PROCFS_SCRIPT_H
#define TESTS_UNIT_PROCFS_SCRIPT_H

/* What a source of procfs asks others, each of which replies what a script says. */

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "call_log.h"
#include "files/deleted_names.h"
#include "files/elf_cache.h"
#include "files/errands.h"
#include "files/scout.h"
#include "files/target_files.h"
#include "kernel/avoid.h"
#include "kernel/clock.h"
#include "kernel/clock_course.h"
#include "kernel/maps_file.h"
#include "kernel/proc_file.h"
#include "kernel/procfs_options.h"
#include "kernel/procfs_relation.h"
#include "kernel/random_key.h"
#include "kernel/threads.h"
#include "model/address_space.h"
#include "model/classify.h"
#include "model/pulse.h"
#include "model/target_totals.h"
#include "procfs/maps_parser.h"
#include "sampler/arena_heads.h"
#include "sampler/file_systems.h"
#include "sampler/proc_look.h"
#include "sampler/proc_pulse.h"
#include "sampler/procfs_source.h"
#include "sampler/recorded_maps.h"
#include "sampler/source.h"
#include "sampler/stack_finder.h"

#define SCRIPT_STATS 16

static struct {
	int root, directory, thread, pidfd; /* descriptors, or -errno of opening them */
	enum procfs_relation relation;
	bool hides, hides_directory, gone;    /* gone: what was listed is not there any more */
	struct proc_stat stats[SCRIPT_STATS]; /* of the reads; the last one repeats */
	int stat_errors[SCRIPT_STATS];
	size_t stat_count, stat;
	int maps_error, files_error, pulse_error, look_error;
	int mappings; /* on the list */
	struct source_damage damage;
	struct proc_pulse *pulse;
	int64_t now;
} script;

static inline const char *script_name(int directory)
{
	/* Those that are not open yet may have the number of the root. */
	return directory == script.root        ? "root"
	       : directory == script.directory ? "process"
	       : directory == script.thread    ? "thread"
					       : "?";
}

static inline int script_open(int reply)
{
	return reply < 0 ? reply : open("/", O_PATH | O_CLOEXEC);
}

int64_t clock_ns(clockid_t clock)
{
	assert_int_equal(clock, CLOCK_MONOTONIC);
	return script.now += 10;
}

int64_t clock_course_ns(struct clock_course *course)
{
	assert_ptr_equal(course, &script.pulse->course);
	return 4242;
}

struct hash_key random_key(void)
{
	call_log_say("key");
	return (struct hash_key){0};
}

int proc_file_open_directory(int directory, const char *path)
{
	int *opened = directory == AT_FDCWD ? &script.root : &script.directory;

	call_log_say("directory %s of %s", path,
		     directory == AT_FDCWD ? "all" : script_name(directory));
	return *opened = script_open(*opened);
}

bool proc_file_has_bytes(const struct proc_file *file)
{
	assert_non_null(file);
	call_log_say("bytes");
	return !script.gone;
}

void proc_file_close(struct proc_file *file)
{
	file->opened = 0;
}

enum procfs_relation procfs_relation_find(int root)
{
	assert_int_equal(root, script.root);
	return script.relation;
}

bool procfs_relation_hides(int root, int32_t pid)
{
	assert_int_equal(root, script.root);
	assert_int_equal(pid, 7);
	return script.hides;
}

bool procfs_relation_hides_directory(int directory)
{
	assert_int_equal(directory, script.directory);
	return script.hides_directory;
}

int procfs_relation_open_pidfd(int root, enum procfs_relation relation, int32_t pid)
{
	assert_int_equal(root, script.root);
	assert_int_equal(relation, script.relation);
	call_log_say("pidfd %d", (int)pid);
	return script.pidfd = script_open(script.pidfd);
}

static inline size_t script_stat(int directory, const char *sort)
{
	const size_t at = script.stat < script.stat_count ? script.stat : script.stat_count - 1;

	script.stat++;
	call_log_say("stat of %s%s", script_name(directory), sort);
	return at;
}

int target_read_stat(int directory, struct proc_file *file, struct text *text,
		     struct proc_stat *ret_stat)
{
	const size_t at = script_stat(directory, file ? ", kept" : "");

	assert_non_null(text);
	if (!script.stat_errors[at])
		*ret_stat = script.stats[at];
	return script.stat_errors[at];
}

void target_read_recorded_stat(int directory, struct text *text, struct proc_stat *ret_stat)
{
	assert_non_null(text);
	*ret_stat = script.stats[script_stat(directory, ", recorded")];
}

int target_files_read(struct target_files *files, const struct target_place *place,
		      const struct proc_stat *stat, const struct proc_stat *memory_stat)
{
	assert_int_equal(place->pid, 7);
	assert_int_equal(place->root, script.root);
	assert_int_equal(place->directory, script.directory);
	call_log_say("files of %s%s%s, %d %d", script_name(place->memory),
		     place->live ? ", live" : "", place->own ? ", own" : "", (int)stat->start_stack,
		     (int)memory_stat->start_stack);
	if (script.files_error)
		return script.files_error;
	files->target = (struct target){.pid = 7, .comm = "x", .page_size = 4096};
	files->interpreter_base = 0x77;
	return 0;
}

void target_files_forget(struct target_files *files)
{
	assert_non_null(files);
	call_log_say("forget files");
}

void target_files_match_exe(struct target_files *files, const struct scout *scout,
			    const struct vma *vmas, size_t count, struct target_exe *ret_exe)
{
	assert_true(files && scout);
	call_log_say("exe of %d", (int)count);
	*ret_exe = (struct target_exe){vmas, true};
}

void target_read_totals(const struct target *target, int directory,
			struct target_totals *ret_totals)
{
	assert_int_equal(target->pid, 7);
	call_log_say("totals of %s", script_name(directory));
	*ret_totals = (struct target_totals){.rss = 5};
}

void deleted_names_resolve(struct deleted_names *deleted, struct vma *vmas, size_t count,
			   const struct scout *scout, struct name_pool *names)
{
	assert_true(deleted && vmas && names && scout->errands);
	call_log_say("names of %d in %s, avoid %u", (int)count, script_name(scout->directory),
		     scout->avoid);
}

struct elf_cache *elf_cache_create(struct errands *errands)
{
	call_log_say("cache");
	return (struct elf_cache *)(void *)errands;
}

void elf_cache_destroy(struct elf_cache *cache)
{
	if (cache)
		call_log_say("destroy cache");
}

void elf_cache_ask(struct elf_cache *cache, const struct scout *scout, struct vma *vmas,
		   size_t count)
{
	assert_ptr_equal(cache, scout->errands);
	assert_non_null(vmas);
	call_log_say("ask of %d", (int)count);
}

void elf_cache_take(struct elf_cache *cache, const struct scout *scout,
		    const struct elf_file **ret_files, size_t *ret_count)
{
	assert_ptr_equal(cache, scout->errands);
	call_log_say("take");
	*ret_files = NULL;
	*ret_count = 3;
}

/* What says no more than that it was called, or nothing. */
#define SCRIPT_CALL(function, type, say)         \
	void function(struct type *called)       \
	{                                        \
		assert_non_null(called);         \
		if (*(say))                      \
			call_log_say("%s", say); \
	}

SCRIPT_CALL(errands_init, errands, "errands")
SCRIPT_CALL(errands_dismiss, errands, "dismiss")
SCRIPT_CALL(errands_finish, errands, "finish errands")
SCRIPT_CALL(target_files_finish, target_files, "")
SCRIPT_CALL(deleted_names_finish, deleted_names, "")
SCRIPT_CALL(file_systems_finish, file_systems, "")
SCRIPT_CALL(arena_heads_finish, arena_heads, "")
SCRIPT_CALL(stack_finder_finish, stack_finder, "")

void file_systems_resolve(struct file_systems *systems, struct vma *vmas, size_t count,
			  int directory, bool live)
{
	assert_true(systems && vmas);
	call_log_say("file systems of %d in %s%s", (int)count, script_name(directory),
		     live ? ", live" : "");
}

void arena_heads_look(struct arena_heads *heads, const struct vma *vmas, size_t count,
		      uint64_t page_size, int directory)
{
	assert_non_null(vmas);
	call_log_say("heads of %d in %s, %d", (int)count, script_name(directory), (int)page_size);
	heads->count = 2;
}

void stack_finder_read(struct stack_finder *look, const struct target_place *place,
		       const struct vma *vmas, size_t count, struct classify_facts *facts)
{
	assert_true(look && vmas);
	call_log_say("stacks of %d in %s", (int)count, script_name(place->memory));
	facts->stack_count = 4;
}

void stack_finder_learn(struct stack_finder *look, const struct vma *vmas, size_t count)
{
	assert_true(look && vmas);
	call_log_say("learn %d", (int)count);
}

void stack_finder_add(const struct stack_finder *look, struct address_space *space)
{
	assert_non_null(look);
	call_log_say("add to %d", (int)space->vma_count);
}

void classify(struct vma *vmas, size_t count, const struct classify_facts *facts,
	      struct thread_stacks *ret_stacks)
{
	assert_non_null(ret_stacks);
	assert_ptr_equal(facts->exe, vmas);
	assert_true(facts->exe_by_numbers);
	call_log_say("classify %d, %d heads, %d files, %d stacks, base %x, of %d", (int)count,
		     (int)facts->arena_head_count, (int)facts->file_count, (int)facts->stack_count,
		     (unsigned)facts->interpreter_base, (int)facts->target->pid);
}

static inline void script_list(struct maps_parser *parser)
{
	static const char line[] = "1000-2000 rw-p 00000000 00:00 0\n";
	struct vma vma;

	maps_parser_reset(parser);
	if (script.mappings) {
		assert_int_equal(maps_parser_line(parser, line, strlen(line), &vma), 0);
		maps_parser_add(parser, &vma);
	}
}

int maps_file_read_open(struct maps_parser *parser, struct proc_file *file, int directory,
			const char *path)
{
	assert_non_null(file);
	call_log_say("%s of %s", path, script_name(directory));
	script_list(parser);
	return script.maps_error;
}

int recorded_maps_read(struct maps_parser *parser, int directory, struct source_damage *ret_damage)
{
	call_log_say("recorded maps of %s", script_name(directory));
	script_list(parser);
	*ret_damage = script.damage;
	return script.maps_error;
}

int threads_open_live(int directory, int32_t pid)
{
	assert_int_equal(directory, script.directory);
	call_log_say("thread of %d", (int)pid);
	return script.thread = script_open(script.thread);
}

void proc_pulse_init(struct proc_pulse *pulse, int directory, int32_t pid, bool live,
		     unsigned avoid)
{
	if (directory >= 0)
		call_log_say("pulse of %s %d%s, avoid %u", script_name(directory), (int)pid,
			     live ? ", live" : "", avoid);
	*pulse = (struct proc_pulse){.memory = 99};
	script.pulse = pulse;
}

int proc_pulse_take(struct proc_pulse *pulse, struct pulse *ret_pulse)
{
	assert_ptr_equal(pulse, script.pulse);
	*ret_pulse = (struct pulse){.heap = 3};
	return script.pulse_error;
}

void proc_pulse_set_image(struct proc_pulse *pulse, uint64_t start_brk, uint64_t start_stack,
			  uint64_t page_size)
{
	assert_ptr_equal(pulse, script.pulse);
	call_log_say("image %d %d %d", (int)start_brk, (int)start_stack, (int)page_size);
}

void proc_pulse_finish(struct proc_pulse *pulse)
{
	assert_ptr_equal(pulse, script.pulse);
	call_log_say("finish pulse");
}

void proc_look_init(struct proc_look *look, int32_t pid, unsigned avoid)
{
	assert_non_null(look);
	call_log_say("look at %d, avoid %u", (int)pid, avoid);
}

int proc_look_take(struct proc_look *look, int memory, enum coverage_level level,
		   uint64_t *ret_print)
{
	assert_non_null(look);
	assert_int_equal(memory, 99);
	*ret_print = 8 + (uint64_t)level;
	return script.look_error;
}

#endif
