/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "access_child.h"

#include <fcntl.h>
#include <linux/perf_event.h>
#include <linux/userfaultfd.h>
#include <sched.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/syscall.h>

#include "model/usage.h"

/*
 * Accesses that something else decides: each is answered with that as a condition, and comes out
 * otherwise here.
 */

enum { CANNOT = 80, WRONG_ANSWER }; /* further exit statuses of a child */

static size_t page;

static unsigned char *map_rw(size_t pages, int flags)
{
	unsigned char *memory = mmap(NULL, pages * page, PROT_READ | PROT_WRITE,
				     MAP_PRIVATE | MAP_ANONYMOUS | flags, -1, 0);

	return memory == MAP_FAILED ? NULL : memory;
}

/*
 * In a child, since userfaultfd(2) is not inherited: memory of which the first page is there, the
 * second one missing; both, as asked for, with SIGBUS in place of a handler.
 */
static unsigned char *map_watched(uint64_t mode)
{
	const uint64_t features = UFFD_FEATURE_SIGBUS;
	unsigned char *memory = map_rw(2, 0);
	struct uffdio_api api = {.api = UFFD_API, .features = features};
	struct uffdio_register range = {.range = {(uintptr_t)memory, 2 * page}, .mode = mode};
	struct uffdio_writeprotect protect = {.range = {(uintptr_t)memory, page},
					      .mode = UFFDIO_WRITEPROTECT_MODE_WP};
	int file = (int)syscall(SYS_userfaultfd, O_CLOEXEC | 1 /* UFFD_USER_MODE_ONLY */);

	if (!memory || file < 0)
		_exit(CANNOT);
	memory[0] = 1;
	if (ioctl(file, UFFDIO_API, &api) || ioctl(file, UFFDIO_REGISTER, &range))
		_exit(CANNOT);
	if (mode == UFFDIO_REGISTER_MODE_WP && ioctl(file, UFFDIO_WRITEPROTECT, &protect))
		_exit(CANNOT);
	return memory;
}

/* What comes of the access to a page of watched memory, which the answer says depends or not. */
static int try_watched(uint64_t mode, size_t offset, enum access access, bool depends)
{
	pid_t child = fork();

	if (child == 0) {
		uint64_t address = (uintptr_t)map_watched(mode) + offset;
		struct access_answer answer = access_child_answer(address, access, TARGET_UNKNOWN);

		if (answer.outcome != ACCESS_WORKS ||
		    answer.conditions != (depends ? ACCESS_IF_HANDLER : 0))
			_exit(WRONG_ANSWER);
		access_child_do(address, access);
	}
	return access_child_status(child);
}

static void handlers_of_userfaultfd_decide(void **state)
{
	const uint64_t missing = UFFDIO_REGISTER_MODE_MISSING, wp = UFFDIO_REGISTER_MODE_WP;
	int got = try_watched(missing, page, ACCESS_READ, true);

	(void)state;
	if (got == CANNOT)
		skip();
	assert_int_equal(got, GOT_ADRERR);
	assert_int_equal(try_watched(missing, page, ACCESS_WRITE, true), GOT_ADRERR);
	assert_int_equal(try_watched(missing, 0, ACCESS_READ, false), GOT_NOTHING);
	assert_int_equal(try_watched(missing, 0, ACCESS_WRITE, false), GOT_NOTHING);
	got = try_watched(wp, 0, ACCESS_WRITE, true);
	if (got == CANNOT)
		skip();
	assert_int_equal(got, GOT_ADRERR);
	assert_int_equal(try_watched(wp, 0, ACCESS_READ, false), GOT_NOTHING);
}

/* What userfaultfd(2) has poisoned stays so when nobody handles the mapping any more. */
static unsigned char *map_poisoned(void)
{
	struct {
		struct uffdio_range range;
		uint64_t mode;
		int64_t updated;
	} poison;
	unsigned char *memory = map_rw(2, 0);
	struct uffdio_api api = {.api = UFFD_API, .features = UINT64_C(1) << 14};
	struct uffdio_register range = {.range = {(uintptr_t)memory, 2 * page},
					.mode = UFFDIO_REGISTER_MODE_MISSING};
	int file = (int)syscall(SYS_userfaultfd, O_CLOEXEC | 1 /* UFFD_USER_MODE_ONLY */);

	if (!memory || file < 0 || ioctl(file, UFFDIO_API, &api) ||
	    ioctl(file, UFFDIO_REGISTER, &range))
		_exit(CANNOT);
	poison.range = (struct uffdio_range){(uintptr_t)memory, page};
	poison.mode = 0;
	/* UFFDIO_POISON of Linux 6.6, which older headers lack. */
	if (ioctl(file, _IOC(_IOC_READ | _IOC_WRITE, UFFDIO, 8, sizeof(poison)), &poison) ||
	    ioctl(file, UFFDIO_UNREGISTER, &range.range))
		_exit(CANNOT);
	return memory;
}

static void poisoned_pages_are_sigbus(void **state)
{
	(void)state;
	for (int access = ACCESS_READ; access <= ACCESS_WRITE; access++) {
		pid_t child = fork();
		int got;

		if (child == 0) {
			uint64_t address = (uintptr_t)map_poisoned();
			struct access_answer answer =
				access_child_answer(address, access, TARGET_UNKNOWN);

			if (!(answer.conditions & ACCESS_IF_POISONED))
				_exit(WRONG_ANSWER);
			access_child_do(address, access);
		}
		got = access_child_status(child);
		if (got == CANNOT)
			skip();
		/* The first where the kernel is built to handle broken memory. */
		assert_true(got == GOT_MCEERR || got == GOT_ADRERR);
	}
}

/* RLIMIT_MEMLOCK stops locked memory from growing down, but not that of the privileged. */
static void a_limit_stops_locked_memory(void **state)
{
	const size_t room = 1024 * page;
	const struct rlimit limit = {64 * page, 64 * page};
	unsigned char *around = mmap(NULL, 2 * room, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	unsigned char *memory;
	struct access_answer answer;

	(void)state;
	assert_true(around != MAP_FAILED);
	munmap(around, 2 * room);
	memory = mmap(around + room, page, PROT_READ | PROT_WRITE,
		      MAP_PRIVATE | MAP_ANONYMOUS | MAP_GROWSDOWN | MAP_FIXED_NOREPLACE, -1, 0);
	/* AddressSanitizer has an mlock() that does nothing. */
	if (memory != around + room || syscall(SYS_mlock, memory, page))
		skip();
	assert_int_equal(setrlimit(RLIMIT_MEMLOCK, &limit), 0);
	answer = access_child_answer((uintptr_t)memory - 128 * page, ACCESS_WRITE, TARGET_UNKNOWN);
	assert_int_equal(answer.outcome, ACCESS_GROWS);
	assert_int_equal(answer.conditions, ACCESS_IF_LIMIT);
	assert_true(access_child_agrees(
		access_child_try((uintptr_t)memory - 128 * page, ACCESS_WRITE), answer));
	munmap(memory, page);
}

/* Mounts a file system in memory that holds two pages and opens a file in it, which is a hole. */
static int open_small_file(int *ret_child)
{
	char path[64], options[64];
	int ready[2], file = -1;
	char byte = 0;
	pid_t child;

	assert_int_equal(pipe(ready), 0);
	child = fork();
	if (child == 0) {
		snprintf(options, sizeof(options), "size=%zu", 2 * page);
		byte = unshare(CLONE_NEWNS) && unshare(CLONE_NEWUSER | CLONE_NEWNS);
		byte = byte || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) ||
		       mount("none", "/tmp", "tmpfs", 0, options) ||
		       open("/tmp/file", O_RDWR | O_CREAT, 0600) < 0;
		if (write(ready[1], &byte, 1) != 1)
			_exit(1);
		alarm(60);
		pause();
		_exit(0);
	}
	assert_true(child > 0);
	assert_int_equal(read(ready[0], &byte, 1), 1);
	snprintf(path, sizeof(path), "/proc/%d/root/tmp/file", (int)child);
	if (!byte)
		file = open(path, O_RDWR | O_CLOEXEC);
	close(ready[0]);
	close(ready[1]);
	*ret_child = child;
	return file;
}

static void a_full_file_system_is_sigbus(void **state)
{
	int child, file = open_small_file(&child);
	const size_t size = 16 * page;

	(void)state;
	for (int shared = 0; file >= 0 && shared < 2; shared++) {
		struct access_answer answer;
		unsigned char *memory;
		uint64_t last;

		assert_int_equal(ftruncate(file, 0), 0);
		assert_int_equal(ftruncate(file, (off_t)size), 0);
		memory = mmap(NULL, size, PROT_READ | PROT_WRITE, shared ? MAP_SHARED : MAP_PRIVATE,
			      file, 0);
		assert_true(memory != MAP_FAILED);
		last = (uintptr_t)memory + size - page;
		answer = access_child_answer(last, ACCESS_WRITE, size);
		assert_int_equal(answer.outcome, shared ? ACCESS_SHARES : ACCESS_COPIES);
		assert_true(answer.conditions & ACCESS_IF_NO_ROOM);
		/* What the children touch stays in the file. */
		for (size_t i = 0; i < 2; i++)
			assert_true(access_child_agrees(
				access_child_try((uintptr_t)memory + i * page, ACCESS_WRITE),
				answer));
		assert_int_equal(access_child_try(last, ACCESS_WRITE), GOT_ADRERR);
		munmap(memory, size);
	}
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	if (file < 0)
		skip();
	close(file);
}

/* The ring of perf_event_open(2): its second page is one of data, which may be missing. */
static void a_driver_decides(void **state)
{
	struct perf_event_attr event = {.size = sizeof(event),
					.type = PERF_TYPE_SOFTWARE,
					.config = PERF_COUNT_SW_DUMMY,
					.exclude_kernel = 1};
	int file = (int)syscall(SYS_perf_event_open, &event, 0, -1, -1, PERF_FLAG_FD_CLOEXEC);
	void *memory = file < 0 ? MAP_FAILED : mmap(NULL, page, PROT_READ, MAP_SHARED, file, 0);
	struct access_answer answer;

	(void)state;
	if (memory == MAP_FAILED)
		skip();
	answer = access_child_answer((uintptr_t)memory, ACCESS_READ, TARGET_UNKNOWN);
	assert_int_equal(answer.outcome, ACCESS_WORKS);
	assert_true(answer.conditions & ACCESS_IF_DRIVER);
	munmap(memory, page);
	close(file);
}

/* map_shadow_stack(2): the processor alone writes there. */
static void shadow_stacks_are_not_for_writing(void **state)
{
	static const enum access_outcome shadow[] = {ACCESS_WORKS, ACCESS_FORBIDDEN,
						     ACCESS_FORBIDDEN};
	long address = syscall(453, 0, page, 0);

	(void)state;
	if (address <= 0)
		skip();
	access_child_check((uint64_t)address, TARGET_UNKNOWN, shadow);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(handlers_of_userfaultfd_decide),
		cmocka_unit_test(poisoned_pages_are_sigbus),
		cmocka_unit_test(a_limit_stops_locked_memory),
		cmocka_unit_test(a_full_file_system_is_sigbus),
		cmocka_unit_test(a_driver_decides),
		cmocka_unit_test(shadow_stacks_are_not_for_writing),
	};

	if (access("/proc/self/maps", R_OK) != 0) {
		puts("1..0 # SKIP /proc is not mounted");
		return 0;
	}
	page = access_page();
	return cmocka_run_group_tests_name("access_depends", tests, NULL, NULL);
}
