/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "files/target_files.h"

#include <errno.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/number.h"
#include "files/scout.h"
#include "kernel/clock.h"
#include "kernel/proc_file.h"
#include "model/file_key.h"
#include "model/target_totals.h"
#include "procfs/auxv_parser.h"
#include "procfs/limits_parser.h"
#include "procfs/statm_parser.h"
#include "procfs/status_parser.h"

#define FILE_MAX    ((size_t)64 * 1024)       /* bytes; these files have some kilobytes */
#define USES_MAX    10u                       /* samples that an image is not read again for */
#define CMDLINE_MAX ((size_t)4 * 1024 * 1024) /* bytes of arguments that are kept */

int target_read_stat(int directory, struct proc_file *file, struct text *text,
		     struct proc_stat *ret_stat)
{
	int error = file ? proc_file_read_again(file, directory, "stat", FILE_MAX, text)
			 : proc_file_read(directory, "stat", FILE_MAX, text);

	if (error == -ENOENT)
		return -ESRCH;
	return error ? error : stat_parse(text_string(text), text->length, ret_stat);
}

void target_read_recorded_stat(int directory, struct text *text, struct proc_stat *ret_stat)
{
	proc_file_read(directory, "stat", FILE_MAX, text);
	stat_parse_recorded(text_string(text), text->length, ret_stat);
}

static uint64_t bytes_of(uint64_t pages, uint64_t page_size)
{
	return pages > UINT64_MAX / page_size ? TARGET_UNKNOWN : pages * page_size;
}

void target_read_totals(const struct target *target, int directory,
			struct target_totals *ret_totals)
{
	struct proc_status status;
	struct proc_statm statm;
	struct text text = {0};

	proc_file_read(directory, "status", FILE_MAX, &text);
	status_parse(text_string(&text), text.length, &status);
	*ret_totals = (struct target_totals){
		.size = status.size,
		.size_peak = status.size_peak,
		.rss = target->rss,
		.rss_peak = status.rss_peak,
		.shared = TARGET_UNKNOWN,
		.swap = target->swap,
		.time_ns = clock_ns(CLOCK_REALTIME),
	};
	proc_file_read(directory, "statm", FILE_MAX, &text);
	if (!statm_parse(text_string(&text), text.length, &statm)) {
		ret_totals->size = bytes_of(statm.size, target->page_size);
		ret_totals->shared = bytes_of(statm.shared, target->page_size);
	}
	text_finish(&text);
}

static void read_limits(struct target_files *files, const struct target_place *place)
{
	struct target_limits *limits = &files->image.limits;
	uint64_t count;

	proc_file_read(place->directory, "limits", FILE_MAX, &files->limits);
	limits_parse(text_string(&files->limits), files->limits.length, limits);
	limits->max_map_count = TARGET_UNKNOWN;
	if (proc_file_read(place->root, "sys/vm/max_map_count", FILE_MAX, &files->limits) == 0) {
		const char *at = text_string(&files->limits);

		if (number_scan(&at, at + files->limits.length, 10, &count) == 0)
			limits->max_map_count = count;
	}
}

/* statm is exact to the page where status, on some kernels, lags behind. */
static uint64_t read_rss(struct target_files *files, const struct target_place *place)
{
	bool keep = place->live && place->memory == place->directory;
	struct proc_statm statm;
	int error = keep ? proc_file_read_again(&files->statm_file, place->memory, "statm",
						FILE_MAX, &files->statm)
			 : proc_file_read(place->memory, "statm", FILE_MAX, &files->statm);

	if (error || statm_parse(text_string(&files->statm), files->statm.length, &statm) ||
	    statm.resident > UINT64_MAX / files->target.page_size)
		return TARGET_UNKNOWN;
	return statm.resident * files->target.page_size;
}

static void read_cmdline(struct target_files *files, const struct target_place *place)
{
	proc_file_read(place->memory, "cmdline", CMDLINE_MAX, &files->arguments);
	cmdline_parse(&files->cmdline, text_string(&files->arguments), files->arguments.length);
}

static void read_auxv(struct target_files *files, const struct target_place *place)
{
	struct proc_auxv auxv = {.page_size = (uint64_t)sysconf(_SC_PAGESIZE)};

	if (proc_file_read(place->memory, "auxv", FILE_MAX, &files->auxv) == 0)
		auxv_parse(text_string(&files->auxv), files->auxv.length, &auxv);
	files->image.page_size = auxv.page_size;
	files->image.interpreter_base = auxv.base;
}

static void read_exe(struct target_files *files, const struct target_place *place)
{
	struct target_image *image = &files->image;

	image->has_exe = proc_file_read_link(place->memory, "exe", &files->exe) == 0;
	/* Only below the live /proc the link leads to the very file. */
	image->exe_known = !image->has_exe || !place->live;
}

/* Whether what was read for the last sample's image may be of this one too. */
static bool is_known(const struct target_files *files, const struct proc_stat *stat,
		     const struct proc_stat *memory_stat)
{
	const struct target_image *image = &files->image;

	return image->uses > 0 && image->uses < USES_MAX &&
	       image->start_brk == memory_stat->start_brk &&
	       image->start_stack == memory_stat->start_stack &&
	       files->comm.length == stat->comm_length &&
	       memcmp(text_string(&files->comm), stat->comm, stat->comm_length) == 0;
}

static void read_image(struct target_files *files, const struct target_place *place,
		       const struct proc_stat *memory_stat)
{
	files->image = (struct target_image){
		.start_brk = memory_stat->start_brk,
		.start_stack = memory_stat->start_stack,
	};
	read_limits(files, place);
	read_cmdline(files, place);
	read_auxv(files, place);
	read_exe(files, place);
}

static void take_image(struct target_files *files)
{
	struct target_image *image = &files->image;
	struct target *target = &files->target;

	image->uses++;
	target->limits = image->limits;
	target->page_size = image->page_size;
	target->cmdline = files->cmdline.arguments;
	target->cmdline_count = files->cmdline.count;
	target->exe = image->has_exe ? text_string(&files->exe) : NULL;
	files->interpreter_base = image->interpreter_base;
}

void target_files_forget(struct target_files *files)
{
	files->image.uses = 0;
}

static void read_status(struct target_files *files, const struct target_place *place,
			struct proc_status *ret_status)
{
	if (place->live)
		proc_file_read_again(&files->status_file, place->directory, "status", FILE_MAX,
				     &files->status);
	else
		proc_file_read(place->directory, "status", FILE_MAX, &files->status);
	status_parse(text_string(&files->status), files->status.length, ret_status);
}

/* What other files say where the recorded stat does not; comm holds the name. */
static void complete_stat(const struct target_files *files, const struct target_place *place,
			  const struct proc_status *status, struct text *comm,
			  struct proc_stat *stat)
{
	const char *bytes = text_string(&files->status), *end, *at;

	if (!stat->threads && status->threads != TARGET_UNKNOWN)
		stat->threads = status->threads;
	at = status_find(bytes, files->status.length, "State", &end);
	if (stat->state == '?' && at && at < end && stat_is_state(*at))
		stat->state = *at;
	if (stat->comm_length)
		return;
	proc_file_read(place->directory, "comm", FILE_MAX, comm);
	at = comm->length ? NULL : status_find(bytes, files->status.length, "Name", &end);
	if (at)
		text_append_bytes(comm, at, (size_t)(end - at));
	stat->comm = text_string(comm);
	stat->comm_length = strcspn(stat->comm, "\r\n");
}

int target_files_read(struct target_files *files, const struct target_place *place,
		      const struct proc_stat *stat, const struct proc_stat *memory_stat)
{
	struct target *target = &files->target;
	struct proc_stat complete = *stat;
	struct text comm = {0};
	struct proc_status status;

	read_status(files, place, &status);
	if ((stat->flags & STAT_FLAG_KERNEL_THREAD) || status.kernel_thread == 1)
		return -ENXIO;
	if (!place->live)
		complete_stat(files, place, &status, &comm, &complete);
	stat = &complete;
	if (!is_known(files, stat, memory_stat))
		read_image(files, place, memory_stat);
	text_clear(&files->comm);
	text_append_bytes(&files->comm, stat->comm, stat->comm_length);
	text_finish(&comm);
	*target = (struct target){
		.pid = place->pid,
		.start_ticks = stat->start_ticks,
		.comm = text_string(&files->comm),
		.uid = status.uid,
		.state = stat->state,
		.threads = stat->threads > UINT32_MAX ? UINT32_MAX : (uint32_t)stat->threads,
		.start_brk = memory_stat->start_brk,
		.start_stack = memory_stat->start_stack,
		.swap = status.swap,
	};
	take_image(files);
	target->rss = read_rss(files, place);
	if (target->rss == TARGET_UNKNOWN)
		target->rss = status.rss;
	return 0;
}

static bool has_numbers(const struct vma *vma, const struct file_numbers *numbers)
{
	return vma->inode && vma->inode == numbers->inode && vma->dev_major == numbers->dev_major &&
	       vma->dev_minor == numbers->dev_minor;
}

static const struct vma *find_by_numbers(const struct file_numbers *exe, const struct vma *vmas,
					 size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (has_numbers(&vmas[i], exe))
			return &vmas[i];
	return NULL;
}

/* Below the live /proc what the exe link leads to is compared; that holds for the image. */
static bool is_exe(struct target_image *image, const struct scout *scout, const struct vma *vma)
{
	if (!image->exe.inode || vma->start == image->exe_start)
		return true;
	switch (scout_is_exe(scout, vma)) {
	case FILE_IDENTITY_UNKNOWN: return false;
	case FILE_IDENTITY_NONE: return true;
	default: image->exe_start = vma->start; return true;
	}
}

static const struct vma *find_by_path(struct target_files *files, const struct scout *scout,
				      const struct vma *vmas, size_t count)
{
	const struct vma *other = NULL; /* of the path, but not the executable */

	for (size_t i = 0; i < count; i++) {
		const struct file_key key = file_key_of(&vmas[i]);

		if (!vma_has_file(&vmas[i]) || !file_identity_is_path(&key, files->target.exe) ||
		    (other && vma_same_file(other, &vmas[i])))
			continue;
		if (is_exe(&files->image, scout, &vmas[i]))
			return &vmas[i];
		other = &vmas[i];
	}
	return NULL;
}

/* Finds out which file the link exe leads to. */
static void look_at_exe(struct target_files *files, const struct scout *scout)
{
	if (!files->image.exe_known)
		files->image.exe = scout_exe_numbers(scout);
	files->image.exe_known = true;
}

void target_files_match_exe(struct target_files *files, const struct scout *scout,
			    const struct vma *vmas, size_t count, struct target_exe *ret_exe)
{
	struct target_exe exe = {.vma = NULL};
	struct file_key key;

	if (files->target.exe) {
		look_at_exe(files, scout);
		exe.vma = find_by_numbers(&files->image.exe, vmas, count);
		exe.by_numbers = exe.vma;
		if (!exe.vma)
			exe.vma = find_by_path(files, scout, vmas, count);
	}
	*ret_exe = exe;
	if (!exe.vma)
		return;
	key = file_key_of(exe.vma);
	if (exe.vma->deleted && file_identity_is_path(&key, files->target.exe))
		files->target.exe = exe.vma->name;
}

void target_files_finish(struct target_files *files)
{
	text_finish(&files->stat);
	text_finish(&files->status);
	text_finish(&files->limits);
	text_finish(&files->statm);
	text_finish(&files->arguments);
	text_finish(&files->auxv);
	text_finish(&files->exe);
	text_finish(&files->comm);
	proc_file_close(&files->status_file);
	proc_file_close(&files->statm_file);
	cmdline_finish(&files->cmdline);
	*files = (struct target_files){0};
}
