/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_GROWING_CHILD_H
#define TESTS_GROWING_CHILD_H

/* A child that touches new pages all the time, in two functions: three pages in one, one in the
 * other. */

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "sampler/procfs_source.h"
#include "sampler/source.h"

#define GROWING_CHILD_PAGES ((size_t)256)

struct growing_child {
	pid_t pid;
	struct source *source;
};

__attribute__((noinline)) static void growing_child_most(volatile char *memory, size_t pages,
							 size_t page_size)
{
	for (size_t i = 0; i < pages; i++)
		memory[i * page_size] = 1;
}

__attribute__((noinline)) static void growing_child_least(volatile char *memory, size_t pages,
							  size_t page_size)
{
	for (size_t i = 0; i < pages; i++)
		memory[i * page_size] = 2;
}

static inline _Noreturn void growing_child_run(int ready)
{
	/* Seldom enough that it is listened to without rests, however long a switch takes here. */
	const struct timespec rest = {.tv_nsec = 5000000};
	/* With a number that the compiler knows it would make functions of other names of them. */
	volatile const size_t pages = GROWING_CHILD_PAGES;
	const size_t page_size = (size_t)sysconf(_SC_PAGESIZE);
	const size_t size = pages * page_size;
	const size_t most = pages / 4 * 3, least = pages - most;
	char *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (memory == MAP_FAILED)
		_exit(1);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	madvise(memory, size, MADV_NOHUGEPAGE);
	(void)!write(ready, "", 1);
	close(ready);
	for (;;) {
		growing_child_most(memory, most, page_size);
		growing_child_least(memory + most * page_size, least, page_size);
		madvise(memory, size, MADV_DONTNEED);
		nanosleep(&rest, NULL);
	}
}

/* Its memory is mapped: samples of what is not would wait for a newer snapshot. */
static inline void growing_child_start(struct growing_child *child)
{
	static const struct procfs_options procfs = {.root = "/proc"};
	int ready[2];
	char byte;

	assert_int_equal(pipe2(ready, O_CLOEXEC), 0);
	child->pid = fork();
	assert_true(child->pid >= 0);
	if (child->pid == 0)
		growing_child_run(ready[1]);
	close(ready[1]);
	assert_int_equal(read(ready[0], &byte, 1), 1);
	close(ready[0]);
	assert_int_equal(procfs_source_create(&procfs, child->pid, &child->source), 0);
}

static inline struct address_space *growing_child_space(const struct growing_child *child)
{
	struct address_space *space;

	assert_int_equal(source_read(child->source, &space), 0);
	return space;
}

static inline void growing_child_end(struct growing_child *child)
{
	int status;

	kill(child->pid, SIGKILL);
	waitpid(child->pid, &status, 0);
	source_destroy(child->source);
}

/* Whether the error says that this machine does not let anybody listen. */
static inline bool growing_child_is_refused(int error)
{
	if (error != -EPERM && error != -EACCES && error != -ENOSYS && error != -ENOBUFS)
		return false;
	print_message("perf_event_open(2) is refused here\n");
	return true;
}

#endif
