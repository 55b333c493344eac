/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sampler/proc_look.h"

#include <errno.h>
#include <unistd.h>

#include "kernel/avoid.h"
#include "kernel/mapping_print.h"
#include "kernel/proc_file.h"
#include "kernel/random_key.h"
#include "sampler/source.h"

void proc_look_init(struct proc_look *look, int32_t pid, unsigned avoid)
{
	*look = (struct proc_look){
		.key = random_key(),
		.queries = !(avoid & AVOID_PROCMAP_QUERY),
	};
	look->has_clock = pid > 0 && clock_getcpuclockid(pid, &look->clock) == 0;
}

/*
 * The nanoseconds that all threads of the process have run; 0 when that is not known. Time that a
 * thread is still running may be added late, but is added before the thread has slept: what it
 * changes after this was read changes the clock, too.
 */
static int64_t read_clock(const struct proc_look *look)
{
	struct timespec time;

	if (!look->has_clock || clock_gettime(look->clock, &time))
		return 0;
	return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static int make_print(struct proc_look *look, int memory, enum coverage_level level,
		      uint64_t *ret_print)
{
	/* Each time anew: what was opened before execve(2) stays with the memory of then. */
	int maps = proc_file_open(memory, "maps"), error;

	if (maps < 0)
		return maps;
	error = level == COVERAGE_ALL ? mapping_print_all(maps, &look->key, ret_print)
				      : mapping_print_code(maps, &look->key, ret_print);
	close(maps);
	return error;
}

int proc_look_take(struct proc_look *look, int memory, enum coverage_level level,
		   uint64_t *ret_print)
{
	int64_t ran = read_clock(look);
	int error;

	if (level == COVERAGE_SIZES || (level == COVERAGE_CODE && !look->queries))
		return -ENOTSUP;
	if (ran && ran == look->ran && level == look->level)
		return SOURCE_IDLE;
	error = make_print(look, memory, level, ret_print);
	if (error == -ENOTTY) {
		look->queries = false;
		return -ENOTSUP;
	}
	if (error)
		return error;
	look->ran = ran;
	look->level = level;
	return 0;
}
