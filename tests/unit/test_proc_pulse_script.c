/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "call_log.h"
#include "files/target_files.h"
#include "kernel/avoid.h"
#include "kernel/clock_course.h"
#include "kernel/proc_file.h"
#include "kernel/procmap_query.h"
#include "kernel/threads.h"
#include "model/pulse.h"
#include "model/target.h"
#include "procfs/stat_parser.h"
#include "sampler/proc_pulse.h"

/* Which files a pulse reads, which mappings it asks for, and what it makes of the replies. */

#define DIRECTORY 70 /* of the process */

static struct {
	int statm_error, maps_error, read_error, stat_error, thread_error;
	int thread;           /* the directory of one */
	const char *statm[3]; /* one read after the other, then the last */
	size_t reads;
	int statm_file, maps_file;
	struct proc_stat stat;
	int query_errors[4];    /* one after the other, then 0 */
	struct procmap heap[4]; /* what is mapped; an end of 0: no more */
	size_t queries;
	bool endless; /* each page is a mapping */
} script;

static struct proc_pulse pulse;
static struct pulse got;

int proc_file_open(int directory, const char *name)
{
	const int error = strcmp(name, "maps") ? script.statm_error : script.maps_error;
	const int file = error ? error : open("/", O_PATH | O_CLOEXEC);

	call_log_say("open %s of %s", name, directory == DIRECTORY ? "process" : "thread");
	*(strcmp(name, "maps") ? &script.statm_file : &script.maps_file) = file;
	return file;
}

ssize_t pread(int file, void *bytes, size_t size, off_t offset)
{
	const char *text = script.statm[script.reads];

	assert_int_equal(file, script.statm_file);
	assert_int_equal(offset, 0);
	if (script.read_error) {
		errno = script.read_error;
		return -1;
	}
	if (script.reads + 1 < 3 && script.statm[script.reads + 1])
		script.reads++;
	assert_true(strlen(text) <= size);
	memcpy(bytes, text, strlen(text));
	return (ssize_t)strlen(text);
}

int target_read_stat(int directory, struct proc_file *file, struct text *text,
		     struct proc_stat *ret_stat)
{
	assert_null(file);
	assert_non_null(text);
	call_log_say("stat of %s", directory == DIRECTORY ? "process" : "thread");
	if (!script.stat_error)
		*ret_stat = script.stat;
	return script.stat_error;
}

int threads_open_live(int directory, int32_t pid)
{
	assert_int_equal(directory, DIRECTORY);
	assert_int_equal(pid, 7);
	call_log_say("find a thread");
	script.thread = script.thread_error ? script.thread_error : open("/", O_PATH | O_CLOEXEC);
	return script.thread;
}

int procmap_query(int maps, uint64_t address, struct procmap *ret_map)
{
	const size_t at = script.queries++;

	assert_int_equal(maps, script.maps_file);
	call_log_say("query %x", (unsigned)address);
	if (at < 4 && script.query_errors[at])
		return script.query_errors[at];
	if (script.endless) {
		*ret_map = (struct procmap){.start = address, .end = address + 4096};
		return 0;
	}
	for (size_t i = 0; i < 4 && script.heap[i].end; i++)
		if (address >= script.heap[i].start && address < script.heap[i].end) {
			*ret_map = script.heap[i];
			return 0;
		}
	return -ENOENT;
}

int64_t clock_course_ns(struct clock_course *course)
{
	assert_ptr_equal(course, &pulse.course);
	return 4242;
}

static int begin(void **state)
{
	(void)state;
	memset(&script, 0, sizeof(script));
	script.statm[0] = "10 5 3 1 0 4 0\n";
	script.stat.start_brk = 0x10000;
	script.stat.start_stack = 9;
	script.heap[0] = (struct procmap){.start = 0x10000, .end = 0x13000};
	proc_pulse_init(&pulse, DIRECTORY, 7, true, 0);
	pulse.page_size = 4096;
	call_log_clear();
	return 0;
}

static int end(void **state)
{
	(void)state;
	proc_pulse_finish(&pulse);
	assert_int_equal(pulse.statm, -1);
	assert_int_equal(pulse.maps, -1);
	assert_int_equal(pulse.memory, DIRECTORY);
	return 0;
}

/* Takes a pulse that succeeds, by these calls. */
static void take(const char *calls)
{
	script.queries = script.reads = 0;
	assert_int_equal(proc_pulse_take(&pulse, &got), 0);
	call_log_expect(calls);
}

/* Fails so, and leaves the pulse of before. */
static void fails(int error, const char *calls)
{
	script.queries = script.reads = 0;
	got.time_ns = 1;
	assert_int_equal(proc_pulse_take(&pulse, &got), error);
	assert_int_equal(got.time_ns, 1);
	call_log_expect(calls);
}

static void what_statm_says_is_in_bytes(void **state)
{
	(void)state;
	take("open statm of process\nopen maps of process\nstat of process\nquery 10000\n"
	     "query 13000\n");
	assert_int_equal(got.time_ns, 4242);
	assert_int_equal(got.size, 10 * 4096);
	assert_int_equal(got.resident, 5 * 4096);
	assert_int_equal(got.shared, 3 * 4096);
	assert_int_equal(got.data, 4 * 4096);
	assert_int_equal(got.heap, 0x3000);
	assert_int_equal(got.heap_end, 0x13000);
	assert_int_equal(pulse.images, 0);
	/* The next one continues from where the heap ended. */
	script.heap[0].end = 0x15000;
	take("query 12fff\nquery 15000\n");
	assert_int_equal(got.heap, 0x5000);
	/* It has shrunk. */
	script.heap[0].end = 0x12000;
	take("query 14fff\nquery 10000\nquery 12000\n");
	assert_int_equal(got.heap_end, 0x12000);
	/* It is gone. */
	script.heap[0].end = 0;
	take("query 11fff\nquery 10000\n");
	assert_int_equal(got.heap, 0);
	assert_int_equal(got.heap_end, 0);
	take("query 10000\n");
	script.statm[0] = "4503599627370496 4503599627370495 0 0 0 0 0\n";
	take("query 10000\n");
	assert_true(got.size == TARGET_UNKNOWN);
	assert_true(got.resident == UINT64_C(4503599627370495) * 4096 ||
		    got.resident == TARGET_UNKNOWN);
}

/* What is a file's, or shared, is no heap; 64 mappings of it are enough. */
static void the_heap_is_private_memory(void **state)
{
	(void)state;
	script.heap[1] = (struct procmap){.start = 0x13000, .end = 0x14000, .inode = 1};
	take("open statm of process\nopen maps of process\nstat of process\nquery 10000\n"
	     "query 13000\n");
	assert_int_equal(got.heap_end, 0x13000);
	script.heap[1].inode = 0;
	script.heap[1].flags = PROCMAP_SHARED;
	take("query 12fff\nquery 13000\n");
	assert_int_equal(got.heap_end, 0x13000);
	script.heap[1].flags = PROCMAP_EXECUTABLE;
	take("query 12fff\nquery 13000\nquery 14000\n");
	assert_int_equal(got.heap_end, 0x14000);
	/* Where there are more it is known as far as that. */
	script.endless = true;
	pulse.heap_end = 0;
	script.queries = 0;
	assert_int_equal(proc_pulse_take(&pulse, &got), 0);
	assert_int_equal(script.queries, 64);
	assert_int_equal(got.heap_end, 0x50000);
}

/* The heap begins at the first whole page at or behind the program break's begin. */
static void the_heap_begins_at_a_page(void **state)
{
	static const struct {
		uint64_t start_brk, heap;
	} cases[] = {{0xf001, 0x3000}, {0xffff, 0x3000}, {0x10000, 0x3000}, {0x10001, 0x2000}};

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		pulse.image_known = false;
		script.stat.start_brk = cases[i].start_brk;
		script.queries = script.reads = 0;
		assert_int_equal(proc_pulse_take(&pulse, &got), 0);
		assert_int_equal(got.heap, cases[i].heap);
	}
	pulse.image_known = false;
	script.stat.start_brk = 0;
	call_log_clear();
	take("open maps of process\nstat of process\n");
	assert_true(got.heap == TARGET_UNKNOWN && got.heap_end == TARGET_UNKNOWN);
	assert_int_equal(got.size, 10 * 4096);
}

/* A memory that has ended is of another program before; it is looked at twice. */
static void another_image_is_opened_anew(void **state)
{
	(void)state;
	script.query_errors[0] = -ESRCH;
	take("open statm of process\nopen maps of process\nstat of process\nquery 10000\n"
	     "open maps of process\nstat of process\nquery 10000\nquery 13000\n");
	assert_int_equal(pulse.images, 1);
	assert_int_equal(got.heap, 0x3000);
	script.query_errors[1] = -ESRCH;
	take("query 12fff\nopen maps of process\nstat of process\nquery 10000\n");
	assert_int_equal(pulse.images, 3);
	assert_true(got.heap == TARGET_UNKNOWN);
	assert_false(pulse.image_known);
	script.query_errors[0] = script.query_errors[1] = 0;
	script.query_errors[2] = -EIO; /* another error is no image */
	take("open maps of process\nstat of process\nquery 10000\nquery 13000\n");
	script.query_errors[0] = -EIO;
	take("query 12fff\n");
	assert_true(got.heap == TARGET_UNKNOWN);
	assert_true(pulse.image_known);
}

/* A kernel without the query is asked once; what cannot be opened is asked for each time. */
static void without_queries_the_heap_is_unknown(void **state)
{
	(void)state;
	script.query_errors[0] = -ENOTTY;
	take("open statm of process\nopen maps of process\nstat of process\nquery 10000\n");
	assert_true(got.heap == TARGET_UNKNOWN);
	assert_int_equal(pulse.maps, -1);
	assert_int_equal(fcntl(script.maps_file, F_GETFD), -1);
	take("");
	proc_pulse_set_image(&pulse, 1, 2, 4096); /* nor of another image */
	take("");
	proc_pulse_finish(&pulse);
	proc_pulse_init(&pulse, DIRECTORY, 7, true, AVOID_PROCMAP_QUERY);
	take("open statm of process\n");
	proc_pulse_finish(&pulse);
	proc_pulse_init(&pulse, DIRECTORY, 7, false, 0);
	take("open statm of process\n");
	proc_pulse_finish(&pulse);
	proc_pulse_init(&pulse, DIRECTORY, 7, true, 0);
	script.maps_error = -EACCES;
	take("open statm of process\nopen maps of process\nstat of process\n");
	assert_true(got.heap == TARGET_UNKNOWN);
	pulse.maps = -1;
}

static void what_a_sample_found_is_taken(void **state)
{
	(void)state;
	proc_pulse_set_image(&pulse, 1, 2, 8192); /* nothing is known yet */
	assert_int_equal(pulse.page_size, 8192);
	proc_pulse_set_image(&pulse, 1, 2, 4096);
	take("open statm of process\nopen maps of process\nstat of process\nquery 10000\n"
	     "query 13000\n");
	proc_pulse_set_image(&pulse, 0x10000, 9, 4096); /* the same */
	take("query 12fff\nquery 13000\n");
	proc_pulse_set_image(&pulse, 0x10000, 8, 4096);
	assert_int_equal(fcntl(script.maps_file, F_GETFD), -1);
	take("open maps of process\nstat of process\nquery 10000\nquery 13000\n");
	proc_pulse_set_image(&pulse, 0x10001, 9, 4096);
	take("open maps of process\nstat of process\nquery 10000\nquery 13000\n");
}

/* Another thread may have the memory; and the process itself, when that thread has ended. */
static void the_memory_may_be_of_another_thread(void **state)
{
	(void)state;
	script.statm[0] = "0 0 0 0 0 0 0\n";
	script.statm[1] = "1 1 0 0 0 0 0\n";
	take("open statm of process\nfind a thread\nopen statm of thread\nopen maps of thread\n"
	     "stat of thread\nquery 10000\nquery 13000\n");
	assert_int_equal(got.size, 4096);
	script.statm[0] = "2 1 0 0 0 0 0\n";
	take("query 12fff\nquery 13000\n");
	assert_int_equal(got.size, 8192);
	script.statm[0] = "0 0 0 0 0 0 0\n";
	take("open statm of process\nopen maps of process\nstat of process\nquery 10000\n"
	     "query 13000\n");
	assert_int_equal(pulse.memory, DIRECTORY);
}

static void why_there_is_no_memory_is_told(void **state)
{
	static const char empty[] = "find a thread\nstat of process\n";

	(void)state;
	script.thread_error = -ENOENT;
	script.statm[0] = "0 0 0 0 0 0 0\n";
	fails(-ESRCH, "open statm of process\nfind a thread\nstat of process\n");
	script.stat.flags = STAT_FLAG_KERNEL_THREAD;
	fails(-ENXIO, empty);
	script.stat_error = -EBADMSG;
	fails(-EBADMSG, empty);
	script.stat_error = 0;
	script.statm[0] = "what\n";
	fails(-EBADMSG, "");
	script.read_error = EIO;
	fails(-EIO, "");
	script.read_error = ESRCH;
	fails(-ENXIO, empty);
	proc_pulse_finish(&pulse);
	script.statm_error = -EACCES;
	fails(-EACCES, "open statm of process\n");
	script.statm_error = -ENOENT;
	fails(-ENXIO, "open statm of process\nfind a thread\nstat of process\n");
	proc_pulse_finish(&pulse);
	proc_pulse_init(&pulse, DIRECTORY, 7, false, 0); /* recorded */
	fails(-ENOTSUP, "open statm of process\nfind a thread\nstat of process\n");
	pulse.statm = -1;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_statm_says_is_in_bytes),         TEST(the_heap_is_private_memory),
		TEST(the_heap_begins_at_a_page),           TEST(another_image_is_opened_anew),
		TEST(without_queries_the_heap_is_unknown), TEST(what_a_sample_found_is_taken),
		TEST(the_memory_may_be_of_another_thread), TEST(why_there_is_no_memory_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
