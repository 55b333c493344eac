/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * Which threads are asked, for what and how often: get_robust_list(2) and the files of threads are
 * the test's own here, and so is the list of them.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "call_log.h"
#include "high_descriptor.h"
#include "kernel/proc_file.h"
#include "kernel/threads.h"

#define MAIN 10 /* the lowest thread */
#define TIDS 600

/* What threads answer, by their numbers less MAIN. */
static struct {
	uint64_t heads[TIDS];
	int head_errors[TIDS];
	const char *answers[TIDS]; /* NULL: it runs */
	int answer_error;          /* of all */
	unsigned asked[TIDS];
	bool is_there[TIDS];
	int listed; /* how many the list has gone through */
} world;

long syscall(long number, ...)
{
	va_list arguments;
	int tid;
	void **head;
	size_t *length;

	if (number != SYS_get_robust_list) {
		errno = ENOSYS;
		return -1;
	}
	va_start(arguments, number);
	tid = va_arg(arguments, int);
	head = va_arg(arguments, void **);
	length = va_arg(arguments, size_t *);
	va_end(arguments);
	call_log_say("list of %d", tid);
	errno = world.head_errors[tid - MAIN];
	*head = (void *)(uintptr_t)world.heads[tid - MAIN];
	*length = 24;
	return errno ? -1 : 0;
}

static bool listing; /* threads; other folders are the kernel's */

/* The list of the threads that there are; then it begins again. */
struct dirent *readdir(DIR *folder)
{
	static struct dirent entry;

	if (!listing)
		return ((struct dirent * (*)(DIR *)) dlsym(RTLD_NEXT, "readdir"))(folder);
	while (world.listed < TIDS && !world.is_there[world.listed])
		world.listed++;
	if (world.listed == TIDS) {
		world.listed = 0;
		return NULL;
	}
	snprintf(entry.d_name, sizeof(entry.d_name), "%d", MAIN + world.listed++);
	return &entry;
}

static int answer(const char *how, const char *path, size_t limit, struct text *text)
{
	int tid = 0;

	assert_int_equal(limit, 4096);
	assert_int_equal(sscanf(path, "task/%d/syscall", &tid), 1);
	call_log_say("%s %d", how, tid);
	world.asked[tid - MAIN]++;
	text_clear(text);
	if (world.answer_error)
		return world.answer_error;
	text_append(text, world.answers[tid - MAIN] ? world.answers[tid - MAIN] : "running\n");
	return 0;
}

int proc_file_read(int directory, const char *path, size_t limit, struct text *text)
{
	(void)directory;
	return answer("ask", path, limit, text);
}

int proc_file_read_again(struct proc_file *file, int directory, const char *path, size_t limit,
			 struct text *text)
{
	(void)directory;
	assert_non_null(file);
	return answer("ask again", path, limit, text);
}

void proc_file_close(struct proc_file *file)
{
	(void)file;
}

static const struct vma vmas[] = {
	{.start = 0x1000, .end = 0x2000, .name = "", .perms = PERM_READ | PERM_WRITE},
	{.start = 0x2000, .end = 0x3000, .name = ""},
	{.start = 0x3000, .end = 0x4000, .name = "", .perms = PERM_READ | PERM_WRITE},
};

static char folder[] = "/tmp/vastop-test-XXXXXX";
static struct threads_place place;
static struct threads threads;

static void add_thread(int tid)
{
	world.is_there[tid - MAIN] = true;
}

static void remove_thread(int tid)
{
	world.is_there[tid - MAIN] = false;
}

static int set_up(void **state)
{
	(void)state;
	memset(&world, 0, sizeof(world));
	memcpy(folder + strlen(folder) - 6, "XXXXXX", 6);
	assert_non_null(mkdtemp(folder));
	place = (struct threads_place){
		.directory = high_descriptor(open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC)),
		.pid = MAIN,
		.has_others = true,
		.own_namespace = true};
	assert_int_equal(mkdirat(place.directory, "task", 0700), 0);
	for (int tid = MAIN; tid < MAIN + 4; tid++)
		add_thread(tid);
	call_log_clear();
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	threads_finish(&threads);
	assert_int_equal(unlinkat(place.directory, "task", AT_REMOVEDIR), 0);
	close(place.directory);
	assert_int_equal(rmdir(folder), 0);
	return 0;
}

static void read_threads(void)
{
	listing = true;
	threads_read(&threads, &place, vmas, sizeof(vmas) / sizeof(vmas[0]));
	listing = false;
}

static void assert_stack(size_t index, int32_t tid, uint64_t address, uint64_t own)
{
	assert_true(index < threads.stack_count);
	assert_int_equal(threads.stacks[index].tid, tid);
	assert_int_equal(threads.stacks[index].address, address);
	assert_int_equal(threads.stacks[index].own, own);
}

#define ASK_ALL "ask 10\nask 11\nask 12\nask 13\n"

static void what_a_thread_tells_is_not_asked_for_at_once_again(void **state)
{
	(void)state;
	world.heads[1] = 0x1800;
	world.head_errors[3] = ESRCH;
	world.answers[1] = "-1 0x3100 0x9\n";
	read_threads();
	call_log_expect("list of 11\nlist of 12\nlist of 13\n" ASK_ALL);
	assert_int_equal(threads.stack_count, 1);
	assert_stack(0, 11, 0x3100, 0x1800);
#if defined(__x86_64__)
	assert_true(threads.stacks[0].own_on_top);
#endif
	/* Then in turn, and the main thread never for a list; 11's own stack is known. */
	world.answers[2] = "-1 0x3200 0x9\n";
	read_threads();
	call_log_expect("list of 12\nlist of 13\n"
			"ask 10\nlist of 11\nask 11\nlist of 12\nask 12\nlist of 13\nask 13\n"
			"ask 10\nask 13\n");
	assert_int_equal(threads.stack_count, 2);
	assert_stack(0, 11, 0x3100, 0x1800);
	assert_stack(1, 12, 0x3200, 0);
	assert_false(threads.stacks[1].own_on_top);
}

static void without_a_namespace_of_its_own_there_are_no_lists(void **state)
{
	(void)state;
	place.own_namespace = false;
	world.heads[1] = 0x1800;
	for (int i = 0; i < 2; i++) {
		call_log_clear();
		read_threads();
	}
	call_log_expect(ASK_ALL ASK_ALL);
	assert_int_equal(threads.stack_count, 0);
}

/* What is forbidden of one is so of all; what one has not, another may have. */
static void some_errors_end_it(void **state)
{
	static const struct {
		int error;
		const char *asked;
	} cases[] = {{EPERM, "list of 11\n"},
		     {ENOSYS, "list of 11\n"},
		     {ESRCH, "list of 11\nlist of 12\nlist of 13\n"}};

	(void)state;
	world.answer_error = -EACCES;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char expected[128];

		threads_finish(&threads);
		world.head_errors[1] = cases[i].error;
		call_log_clear();
		read_threads();
		snprintf(expected, sizeof(expected), "%sask 10\n", cases[i].asked);
		call_log_expect(expected);
	}
	/* One that has just ended is no reason. */
	place.own_namespace = false;
	threads_finish(&threads);
	world.answer_error = -ENOENT;
	read_threads();
	call_log_expect(ASK_ALL);
	world.answer_error = -EPERM;
	read_threads();
	call_log_expect("ask 10\nask 10\n");
}

static void of_a_live_process_the_main_file_stays_open(void **state)
{
	(void)state;
	place.own_namespace = false;
	place.live = true;
	read_threads();
	call_log_expect("ask again 10\nask 11\nask 12\nask 13\n");
	/* Alone it is not looked for others. */
	place.has_others = false;
	threads_finish(&threads);
	read_threads();
	call_log_expect("ask again 10\n");
}

/* A number that is another thread's by now has another stack. */
static void a_stack_may_have_another_owner_by_now(void **state)
{
	(void)state;
	world.heads[1] = 0x1800;
	read_threads();
	assert_stack(0, 11, 0, 0x1800);
	remove_thread(11);
	read_threads();
	assert_int_equal(threads.stack_count, 1);
	assert_stack(0, 0, 0, 0x1800);
	world.heads[2] = 0x1800;
	read_threads();
	assert_int_equal(threads.stack_count, 1);
	assert_stack(0, 12, 0, 0x1800);
	/* Asked again in its turn, it has another one. */
	world.heads[2] = 0x3800;
	read_threads();
	assert_int_equal(threads.stack_count, 1);
	assert_stack(0, 12, 0, 0x3800);
}

/* Of the place that another one has left, to the byte. */
static void only_its_own_place_is_taken(void **state)
{
	(void)state;
	/* The next byte is another one's. */
	world.heads[1] = 0x1809;
	world.heads[2] = 0x1808;
	read_threads();
	remove_thread(11);
	remove_thread(12);
	read_threads();
	assert_int_equal(threads.stack_count, 2);
	world.heads[3] = 0x1808;
	read_threads();
	assert_int_equal(threads.stack_count, 2);
	assert_stack(0, 0, 0, 0x1809);
	assert_stack(1, 13, 0, 0x1808);
}

static void what_lies_in_no_memory_is_forgotten(void **state)
{
	static const uint64_t places[] = {0xfff,  0x1000, 0x1fff, 0x2000,
					  0x2fff, 0x3000, 0x3fff, 0x4000};

	(void)state;
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		const bool is_there = i == 1 || i == 2 || i == 5 || i == 6;

		threads_finish(&threads);
		world.heads[1] = places[i];
		read_threads();
		assert_int_equal(threads.stack_count, is_there);
		/* Who told a place of none is asked again. */
		call_log_clear();
		read_threads();
		assert_int_equal(strncmp(call_log.text, "list of 11\n", 11) == 0, !is_there);
	}
}

static unsigned asked_in_all(void)
{
	unsigned sum = 0;

	for (size_t i = 0; i < TIDS; i++)
		sum += world.asked[i];
	return sum;
}

/* 512 in a sample: of those that were asked in vain half as many, and four in their turn. */
static void a_sample_asks_so_many(void **state)
{
	(void)state;
	place.own_namespace = false;
	for (int tid = MAIN + 4; tid < MAIN + 600; tid++)
		add_thread(tid);
	read_threads();
	assert_int_equal(asked_in_all(), 512);
	for (int i = 0; i < 600; i++)
		assert_int_equal(world.asked[i], i < 512);
	memset(world.asked, 0, sizeof(world.asked));
	call_log_clear();
	read_threads();
	/* The first four had their turn when nothing was known of them. */
	assert_int_equal(asked_in_all(), 4 + 256 + 88);
	for (int i = 0; i < 600; i++)
		assert_int_equal(world.asked[i], (i < 256) + (i >= 4 && i < 8) + (i >= 512));
	memset(world.asked, 0, sizeof(world.asked));
	call_log_clear();
	read_threads();
	assert_int_equal(asked_in_all(), 4 + 256);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_a_thread_tells_is_not_asked_for_at_once_again),
		TEST(without_a_namespace_of_its_own_there_are_no_lists),
		TEST(some_errors_end_it),
		TEST(of_a_live_process_the_main_file_stays_open),
		TEST(a_stack_may_have_another_owner_by_now),
		TEST(only_its_own_place_is_taken),
		TEST(what_lies_in_no_memory_is_forgotten),
		TEST(a_sample_asks_so_many),
	};

	return cmocka_run_group_tests_name("threads_asked", tests, NULL, NULL);
}
