/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <poll.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "call_log.h"
#include "kernel/clock.h"
#include "kernel/procfs_options.h"
#include "maps_space.h"
#include "residency/memory_watch.h"
#include "residency/resident_memory.h"

/*
 * Which reads the watch makes of each question, and what it tells. The thread waits within each
 * read until the test has it go on; what it was asked is read while it does.
 */

#define NEVER (UINT64_C(1000) * 1000000000)

static struct {
	atomic_llong ahead; /* of the clock */
	sem_t reads, continues;
	atomic_bool over; /* no read waits any more */
	int open_error, read_error;
	unsigned char bytes[MEMORY_WATCH_BYTES];
	uint8_t absent;
} script;

int64_t clock_ns(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec + script.ahead;
}

int resident_memory_open(struct resident_memory *memory, const struct procfs_options *options,
			 int32_t pid)
{
	assert_string_equal(options->root, "/p");
	call_log_say("open %d", (int)pid);
	memory->absent_too = false;
	return script.open_error;
}

void resident_memory_close(struct resident_memory *memory)
{
	assert_non_null(memory);
	call_log_say("close");
}

static int read_memory(void *context, uint64_t address, void *bytes, size_t size,
		       uint8_t *ret_absent)
{
	const struct resident_memory *memory = context;

	call_log_say("read %x, %d, absent too %d", (unsigned)address, (int)size,
		     memory->absent_too);
	sem_post(&script.reads);
	while (!script.over && sem_wait(&script.continues))
		;
	memcpy(bytes, script.bytes, size);
	*ret_absent = script.absent;
	return script.read_error;
}

struct memory_reader resident_memory_reader(struct resident_memory *memory)
{
	return (struct memory_reader){.read = read_memory, .context = memory, .page_size = 4096};
}

static struct memory_watch *watch;

static int set_up(void **state)
{
	static const struct procfs_options options = {.root = "/p"};

	(void)state;
	script.over = false;
	script.ahead = 0;
	script.open_error = script.read_error = 0;
	script.absent = 0;
	memset(script.bytes, 5, sizeof(script.bytes));
	sem_init(&script.reads, 0, 0);
	sem_init(&script.continues, 0, 0);
	call_log_clear();
	return memory_watch_create(&options, &watch);
}

static int tear_down(void **state)
{
	(void)state;
	script.over = true;
	sem_post(&script.continues);
	memory_watch_destroy(watch);
	return 0;
}

static void ask(int32_t pid, size_t size, uint64_t interval, bool absent_too)
{
	const struct memory_question question = {.pid = pid,
						 .address = 0x1010,
						 .size = size,
						 .interval_ns = interval,
						 .absent_too = absent_too};

	memory_watch_ask(watch, &question);
}

/* Until it reads; what it was asked up to then is that. It continues at once. */
static void expect_read(const char *calls)
{
	while (sem_wait(&script.reads))
		;
	call_log_expect(calls);
	sem_post(&script.continues);
}

static struct memory_answer next(void)
{
	struct pollfd wait = {.fd = memory_watch_descriptor(watch), .events = POLLIN};
	struct memory_answer answer;

	do
		assert_int_equal(poll(&wait, 1, 60000), 1);
	while (!memory_watch_take(watch, &answer));
	return answer;
}

/* It stays open for a second, and is another process's when that is asked about. */
static void memory_is_opened_when_it_has_to_be(void **state)
{
	(void)state;
	ask(7, 16, NEVER, false);
	expect_read("open 7\nread 1010, 16, absent too 0\n");
	assert_int_equal(next().error, 0);
	ask(7, 16, NEVER, true);
	expect_read("read 1010, 16, absent too 1\n");
	next();
	script.ahead += 1000000000;
	ask(7, 5000, NEVER, false);
	expect_read("close\nopen 7\nread 1010, 2048, absent too 0\n");
	assert_int_equal(next().question.size, MEMORY_WATCH_BYTES);
	ask(8, 16, NEVER, false);
	expect_read("close\nopen 8\nread 1010, 16, absent too 0\n");
	next();
	script.ahead += 60 * INT64_C(1000000000); /* so long it waits for the thread's end */
	memory_watch_destroy(watch);
	call_log_expect("close\n");
	watch = NULL;
}

/* What is the same is reported once, what differs each time; absent pages are brought in once. */
static void what_differs_is_told(void **state)
{
	struct memory_answer answer;

	(void)state;
	ask(7, 16, 0, true);
	expect_read("open 7\nread 1010, 16, absent too 1\n");
	answer = next();
	assert_int_equal(answer.bytes[15], 5);
	assert_int_equal(answer.bytes[16], 0);
	assert_int_equal(answer.page_size, 4096);
	assert_int_equal(answer.question.interval_ns, MEMORY_WATCH_INTERVAL_NS);
	assert_true(answer.question.absent_too);
	expect_read("read 1010, 16, absent too 0\n");
	while (sem_wait(&script.reads)) /* it has told nothing of the read before */
		;
	assert_false(memory_watch_take(watch, &answer));
	call_log_clear();
	script.bytes[15] = 6;
	sem_post(&script.continues);
	assert_int_equal(next().bytes[15], 6);
	while (sem_wait(&script.reads))
		;
	call_log_clear();
	script.absent = 1;
	sem_post(&script.continues);
	assert_int_equal(next().absent[0], 1);
	while (sem_wait(&script.reads))
		;
	call_log_clear();
	script.read_error = -EIO;
	sem_post(&script.continues);
	assert_int_equal(next().error, -EIO);
}

static void errors_are_told_and_it_opens_again(void **state)
{
	(void)state;
	script.read_error = -ESRCH;
	ask(7, 16, NEVER, false);
	expect_read("open 7\nread 1010, 16, absent too 0\n");
	assert_int_equal(next().error, -ESRCH);
	script.read_error = 0;
	ask(7, 16, NEVER, false);
	expect_read("close\nopen 7\nread 1010, 16, absent too 0\n");
	assert_int_equal(next().error, 0);
	script.open_error = -EACCES;
	ask(8, 16, NEVER, false);
	assert_int_equal(next().error, -EACCES);
	call_log_expect("close\nopen 8\n");
	script.open_error = 0;
	ask(8, 16, NEVER, false);
	expect_read("open 8\nread 1010, 16, absent too 0\n");
	assert_int_equal(next().error, 0);
}

/* What was asked meanwhile is answered, and not what was asked before. */
static void only_the_newest_question_is_answered(void **state)
{
	struct memory_answer answer;

	(void)state;
	ask(7, 16, NEVER, false);
	while (sem_wait(&script.reads))
		;
	ask(7, 32, NEVER, false);
	call_log_clear();
	sem_post(&script.continues);
	expect_read("read 1010, 32, absent too 0\n");
	answer = next();
	assert_int_equal(answer.question.size, 32);
	ask(0, 16, NEVER, false); /* nothing is watched any more */
	ask(7, 48, NEVER, false);
	expect_read("read 1010, 48, absent too 0\n");
	assert_int_equal(next().question.size, 48);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(memory_is_opened_when_it_has_to_be),
		TEST(what_differs_is_told),
		TEST(errors_are_told_and_it_opens_again),
		TEST(only_the_newest_question_is_answered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
