/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/maps_file.h"
#include "sampler/procfs_source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "files/deleted_names.h"
#include "files/elf_cache.h"
#include "files/errands.h"
#include "files/scout.h"
#include "files/target_files.h"
#include "kernel/avoid.h"
#include "kernel/clock.h"
#include "kernel/clock_course.h"
#include "kernel/proc_file.h"
#include "kernel/procfs_options.h"
#include "kernel/procfs_relation.h"
#include "kernel/random_key.h"
#include "kernel/threads.h"
#include "model/address_space.h"
#include "model/classify.h"
#include "procfs/maps_parser.h"
#include "sampler/arena_heads.h"
#include "sampler/file_systems.h"
#include "sampler/proc_look.h"
#include "sampler/proc_pulse.h"
#include "sampler/recorded_maps.h"
#include "sampler/source.h"
#include "sampler/stack_finder.h"

#define ATTEMPTS    4  /* at a sample, when the process changes its image meanwhile */
#define PATH_LENGTH 16 /* "2147483647" */

struct procfs_source {
	struct source source;
	struct target_place place;
	unsigned avoid; /* as in kernel/avoid.h */
	struct proc_pulse pulse;
	struct proc_look look;
	int exit_descriptor; /* a pidfd; negative: none */
	uint64_t start_ticks;
	struct target_files files;
	struct proc_file stat_file;
	uint64_t images;   /* of the pulse, at the last sample */
	struct text again; /* the stat read at the end of a sample */
	struct maps_parser maps;
	struct source_damage damage;
	struct stack_finder stacks;
	struct deleted_names deleted_names;
	struct file_systems file_systems;
	struct arena_heads arena_heads;
	struct errands errands;
	struct elf_cache *elf_cache;
};

/* stat of the process, whose file stays open, or of a thread. */
static int read_stat(struct procfs_source *procfs, int directory, struct text *text,
		     struct proc_stat *ret_stat)
{
	bool keep = directory == procfs->place.directory;

	if (!procfs->place.live) {
		target_read_recorded_stat(directory, text, ret_stat);
		return 0;
	}
	return target_read_stat(directory, keep ? &procfs->stat_file : NULL, text, ret_stat);
}

/* Finds out what the mappings are, once the list of them is complete. */
static void find_kinds(struct procfs_source *procfs)
{
	const struct target_place *place = &procfs->place;
	struct target_files *files = &procfs->files;
	struct classify_facts facts = {.target = &files->target};
	struct vma *vmas = procfs->maps.vmas;
	size_t count = procfs->maps.count;
	const struct scout scout = {&procfs->errands, place->memory, procfs->avoid};
	struct target_exe exe;

	deleted_names_resolve(&procfs->deleted_names, vmas, count, &scout, &procfs->maps.names);
	/* Helpers look at the files meanwhile. */
	elf_cache_ask(procfs->elf_cache, &scout, vmas, count);
	file_systems_resolve(&procfs->file_systems, vmas, count, place->memory, place->live);
	if (place->live)
		arena_heads_look(&procfs->arena_heads, vmas, count, files->target.page_size,
				 place->memory);
	facts.arena_heads = procfs->arena_heads.heads;
	facts.arena_head_count = procfs->arena_heads.count;
	elf_cache_take(procfs->elf_cache, &scout, &facts.files, &facts.file_count);
	target_files_match_exe(files, &scout, vmas, count, &exe);
	stack_finder_read(&procfs->stacks, place, vmas, count, &facts);
	facts.exe = exe.vma;
	facts.exe_by_numbers = exe.by_numbers;
	facts.interpreter_base = files->interpreter_base;
	classify(vmas, count, &facts, &procfs->stacks.stacks);
	stack_finder_learn(&procfs->stacks, vmas, count);
}

/* Why the list of mappings is empty: what stat says about the memory's thread. */
static int explain_empty_maps(const struct proc_stat *stat)
{
	if (stat_has_exited(stat->state))
		return -ESRCH;
	if (stat->size != 0)
		return -EAGAIN;
	return stat->flags & STAT_FLAG_EXITING ? -ESRCH : -ENXIO;
}

/* The list stays open for proc_file_has_bytes(). */
static int read_maps(struct procfs_source *procfs, struct proc_file *list)
{
	int error = maps_file_read_open(&procfs->maps, list, procfs->place.memory, "maps");

	return error == -ENOENT ? -ESRCH : error;
}

/* What is not there of a recorded list is lost; that of a zombie was empty. */
static int read_recorded_maps(struct procfs_source *procfs, const struct proc_stat *stat)
{
	int error = recorded_maps_read(&procfs->maps, procfs->place.memory, &procfs->damage);

	return error == -ENODATA && stat_has_exited(stat->state) ? -ESRCH : error;
}

/* Reads the list of mappings, and then stat again. */
static int read_list(struct procfs_source *procfs, const struct proc_stat *before,
		     struct proc_file *list)
{
	struct proc_stat after;
	int error = read_maps(procfs, list);

	if (!error)
		error = read_stat(procfs, procfs->place.memory, &procfs->again, &after);
	if (error)
		return error;
	if (procfs->maps.count == 0)
		return explain_empty_maps(&after);
	return stat_is_same_image(before, &after) && proc_file_has_bytes(list) ? 0 : -EAGAIN;
}

/*
 * The image is the same before and after the list was read, and what was listed is still there, or
 * the sample is void (-EAGAIN): when the process ends or calls execve(2) the list stops in the
 * middle, and only this tells. It takes both. Images can look alike: without randomization, or one
 * that is being made and the next one, both without a stack yet. And what was listed outlives an
 * execve(2) when another process shares it, as after vfork(2).
 */
static int read_image(struct procfs_source *procfs, const struct proc_stat *stat,
		      const struct proc_stat *memory_stat)
{
	struct proc_file list = {0};
	int error = target_files_read(&procfs->files, &procfs->place, stat, memory_stat);

	if (!error && !procfs->place.live)
		return read_recorded_maps(procfs, memory_stat);
	if (!error)
		error = read_list(procfs, memory_stat, &list);
	proc_file_close(&list);
	return error;
}

/* A main thread that has ended has no memory; its process may live on in the other threads. */
static int open_memory(struct procfs_source *procfs, const struct proc_stat *stat,
		       struct proc_stat *memory_stat)
{
	bool ended = stat_has_exited(stat->state) ||
		     (stat->size == 0 && (stat->flags & STAT_FLAG_EXITING));
	int memory;

	procfs->place.memory = procfs->place.directory;
	*memory_stat = *stat;
	if (!ended)
		return 0;
	memory = threads_open_live(procfs->place.directory, procfs->place.pid);
	/* That of a recorded one may have been kept in its own directory all the same. */
	if (memory < 0)
		return procfs->place.live ? memory : 0;
	procfs->place.memory = memory;
	return read_stat(procfs, memory, &procfs->again, memory_stat);
}

/* Whether the directory is that of another process now, as a recorded one can become. */
static bool is_another(const struct procfs_source *procfs, const struct proc_stat *stat)
{
	return stat->start_ticks != procfs->start_ticks && stat->start_ticks != TARGET_UNKNOWN &&
	       procfs->start_ticks != TARGET_UNKNOWN;
}

static int try_read(struct procfs_source *procfs)
{
	struct proc_stat stat, memory_stat;
	int error = read_stat(procfs, procfs->place.directory, &procfs->files.stat, &stat);

	if (error)
		return error;
	if (is_another(procfs, &stat))
		return -ESRCH;
	if (procfs->images != procfs->pulse.images)
		target_files_forget(&procfs->files);
	procfs->images = procfs->pulse.images;
	error = open_memory(procfs, &stat, &memory_stat);
	if (!error)
		error = read_image(procfs, &stat, &memory_stat);
	if (!error) {
		proc_pulse_set_image(&procfs->pulse, memory_stat.start_brk, memory_stat.start_stack,
				     procfs->files.target.page_size);
		find_kinds(procfs);
	} else {
		target_files_forget(&procfs->files);
	}
	if (procfs->place.memory >= 0 && procfs->place.memory != procfs->place.directory)
		close(procfs->place.memory);
	procfs->place.memory = -1;
	return error;
}

/* What is not there any more may only be hidden now. */
static int explain_gone(const struct procfs_source *procfs, int error)
{
	if (error == -ESRCH && procfs->place.live &&
	    procfs_relation_hides_directory(procfs->place.directory))
		return -EACCES;
	return error == -EPERM ? -EACCES : error;
}

static int procfs_read(struct source *source, struct address_space **ret_space)
{
	struct procfs_source *procfs = (struct procfs_source *)source;
	int64_t start = clock_ns(CLOCK_MONOTONIC), time = clock_course_ns(&procfs->pulse.course);
	int error = -EAGAIN;

	for (int i = 0; i < ATTEMPTS && error == -EAGAIN; i++)
		error = try_read(procfs);
	if (error)
		return explain_gone(procfs, error);
	error = address_space_adopt(&procfs->files.target, maps_parser_give_away(&procfs->maps),
				    procfs->maps.count, time,
				    (uint64_t)(clock_ns(CLOCK_MONOTONIC) - start), ret_space);
	if (!error)
		stack_finder_add(&procfs->stacks, *ret_space);
	return error;
}

static int procfs_pulse(struct source *source, struct pulse *ret_pulse)
{
	struct procfs_source *procfs = (struct procfs_source *)source;

	return explain_gone(procfs, proc_pulse_take(&procfs->pulse, ret_pulse));
}

static int procfs_look(struct source *source, enum coverage_level level, uint64_t *ret_print)
{
	struct procfs_source *procfs = (struct procfs_source *)source;

	return proc_look_take(&procfs->look, procfs->pulse.memory, level, ret_print);
}

static int procfs_totals(struct source *source, struct target *ret_target,
			 struct target_totals *ret_totals)
{
	struct procfs_source *procfs = (struct procfs_source *)source;
	struct target_place place = procfs->place;
	struct proc_stat stat;
	int error = read_stat(procfs, place.directory, &procfs->files.stat, &stat);

	if (error)
		return error;
	if (is_another(procfs, &stat) || stat_has_exited(stat.state))
		return -ESRCH;
	place.memory = place.directory;
	target_files_forget(&procfs->files);
	error = target_files_read(&procfs->files, &place, &stat, &stat);
	target_files_forget(&procfs->files);
	if (error)
		return error;
	target_read_totals(&procfs->files.target, place.directory, ret_totals);
	*ret_target = procfs->files.target;
	return 0;
}

static const struct source_damage *procfs_damage(const struct source *source)
{
	const struct source_damage *damage = &((const struct procfs_source *)source)->damage;

	return damage->skipped || damage->cut ? damage : NULL;
}

static int procfs_exit_descriptor(const struct source *source)
{
	const struct procfs_source *procfs = (const struct procfs_source *)source;

	return procfs->exit_descriptor >= 0 ? procfs->exit_descriptor : -1;
}

static void procfs_destroy(struct source *source)
{
	struct procfs_source *procfs = (struct procfs_source *)source;
	const int held[] = {procfs->exit_descriptor, procfs->place.directory, procfs->place.root};

	proc_pulse_finish(&procfs->pulse);
	for (size_t i = 0; i < sizeof(held) / sizeof(held[0]); i++)
		if (held[i] >= 0)
			close(held[i]);
	proc_file_close(&procfs->stat_file);
	target_files_finish(&procfs->files);
	text_finish(&procfs->again);
	maps_parser_finish(&procfs->maps);
	stack_finder_finish(&procfs->stacks);
	deleted_names_finish(&procfs->deleted_names);
	file_systems_finish(&procfs->file_systems);
	arena_heads_finish(&procfs->arena_heads);
	elf_cache_destroy(procfs->elf_cache);
	errands_finish(&procfs->errands);
	free(procfs);
}

static void procfs_rest(struct source *source)
{
	errands_dismiss(&((struct procfs_source *)source)->errands);
}

static const struct source_operations operations = {
	.read = procfs_read,
	.pulse = procfs_pulse,
	.look = procfs_look,
	.totals = procfs_totals,
	.damage = procfs_damage,
	.exit_descriptor = procfs_exit_descriptor,
	.rest = procfs_rest,
	.destroy = procfs_destroy,
};

static int open_process(struct procfs_source *procfs, const struct procfs_options *options)
{
	struct target_place *place = &procfs->place;
	enum procfs_relation relation;
	char path[PATH_LENGTH];
	struct proc_stat stat;
	int error;

	procfs->avoid = options->avoid;
	place->root = proc_file_open_directory(AT_FDCWD, options->root);
	if (place->root < 0)
		return place->root;
	relation = procfs_relation_find(place->root);
	place->live = relation != PROCFS_RECORDED;
	place->own = relation == PROCFS_OWN;
	snprintf(path, sizeof(path), "%d", place->pid);
	place->directory = proc_file_open_directory(place->root, path);
	if (place->directory == -ENOENT)
		return procfs_relation_hides(place->root, place->pid) ? -EACCES : -ESRCH;
	if (place->directory < 0)
		return place->directory;
	if (place->live && !(options->avoid & AVOID_PIDFD))
		procfs->exit_descriptor =
			procfs_relation_open_pidfd(place->root, relation, place->pid);
	/* Only now: as the directory still answers, the pidfd is of the same process. */
	error = read_stat(procfs, place->directory, &procfs->files.stat, &stat);
	if (!error)
		procfs->start_ticks = stat.start_ticks;
	proc_pulse_init(&procfs->pulse, place->directory, place->pid, place->live, options->avoid);
	proc_look_init(&procfs->look, place->own ? place->pid : 0, options->avoid);
	return explain_gone(procfs, error);
}

int procfs_source_create(const struct procfs_options *options, int32_t pid,
			 struct source **ret_source)
{
	struct procfs_source *procfs;
	int error;

	if (pid <= 0)
		return -ESRCH;
	procfs = memory_alloc(sizeof(*procfs));
	procfs->source.operations = &operations;
	procfs->exit_descriptor = -1;
	procfs->place =
		(struct target_place){.root = -1, .directory = -1, .memory = -1, .pid = pid};
	proc_pulse_init(&procfs->pulse, -1, pid, false, 0);
	maps_parser_init(&procfs->maps, random_key());
	errands_init(&procfs->errands);
	error = open_process(procfs, options);
	if (error) {
		procfs_destroy(&procfs->source);
		return error;
	}
	procfs->elf_cache = elf_cache_create(&procfs->errands);
	*ret_source = &procfs->source;
	return 0;
}
