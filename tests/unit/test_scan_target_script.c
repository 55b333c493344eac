/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "call_log.h"
#include "files/target_files.h"
#include "kernel/proc_file.h"
#include "kernel/procfs_options.h"
#include "kernel/procfs_relation.h"
#include "kernel/threads.h"
#include "model/target.h"
#include "procfs/stat_parser.h"
#include "residency/scan_target.h"

/* Which files of a process are read, and what is made of each reply. */

static struct {
	int root_error, process_error, stat_errors[4], statm_error, status_error, thread_error;
	int file_error;
	int root, process, thread, stats;
	bool live;
	struct proc_stat stat, other; /* of the process, and of another thread */
	const char *statm, *status;
} script;

static int opened(int *descriptor, int error)
{
	*descriptor = error ? error : open("/", O_PATH | O_CLOEXEC);
	return *descriptor;
}

static const char *name_of(int descriptor)
{
	return descriptor == script.process ? "process" : "thread";
}

int proc_file_open_directory(int directory, const char *path)
{
	call_log_say("open %s", path);
	if (directory == AT_FDCWD)
		return opened(&script.root, script.root_error);
	assert_int_equal(directory, script.root);
	return opened(&script.process, script.process_error);
}

bool procfs_relation_is_live(int root)
{
	assert_int_equal(root, script.root);
	return script.live;
}

int proc_file_open(int directory, const char *name)
{
	call_log_say("open %s of %s", name, name_of(directory));
	return script.file_error;
}

void proc_file_close(struct proc_file *file)
{
	assert_non_null(file);
}

static int give(struct text *text, int error, const char *content)
{
	text_clear(text);
	if (!error)
		text_append(text, content);
	return error;
}

int proc_file_read(int directory, const char *name, size_t max, struct text *text)
{
	const bool is_status = !strcmp(name, "status");

	call_log_say("read %s of %s", name, name_of(directory));
	assert_int_equal(max, is_status ? 65536 : 4096);
	return give(text, is_status ? script.status_error : script.statm_error,
		    is_status ? script.status : script.statm);
}

int proc_file_read_again(struct proc_file *file, int directory, const char *name, size_t max,
			 struct text *text)
{
	assert_non_null(file);
	assert_int_equal(max, 4096);
	call_log_say("read %s of %s again", name, name_of(directory));
	return give(text, script.statm_error, script.statm);
}

int target_read_stat(int directory, struct proc_file *file, struct text *text,
		     struct proc_stat *ret_stat)
{
	const int error = script.stat_errors[script.stats < 3 ? script.stats : 3];

	script.stats++;
	assert_non_null(text);
	call_log_say("stat of %s%s", name_of(directory), file ? " again" : "");
	if (!error)
		*ret_stat = directory == script.process ? script.stat : script.other;
	return error;
}

void target_read_recorded_stat(int directory, struct text *text, struct proc_stat *ret_stat)
{
	assert_non_null(text);
	call_log_say("recorded stat of %s", name_of(directory));
	*ret_stat = script.stat;
}

int threads_open_live(int directory, int32_t pid)
{
	assert_int_equal(directory, script.process);
	assert_int_equal(pid, 7);
	call_log_say("find a thread");
	return opened(&script.thread, script.thread_error);
}

static const struct procfs_options options = {.root = "/p"};
static struct scan_target target;

static void reset(void)
{
	memset(&script, 0, sizeof(script));
	script.live = true;
	script.stat = (struct proc_stat){.start_ticks = 50,
					 .start_brk = 1,
					 .start_stack = 2,
					 .minor_faults = 3,
					 .size = 4096};
	script.other = script.stat;
	script.other.minor_faults = 30;
	script.statm = "10 5 3 1 0 4 0\n";
	script.status = "VmSwap:\t      20 kB\n";
	call_log_clear();
}

static void begin(void)
{
	assert_int_equal(scan_target_open(&target, &options, 7), 0);
	script.stats = 0;
	call_log_clear();
}

static void an_opened_target_has_its_directory(void **state)
{
	(void)state;
	reset();
	assert_int_equal(scan_target_open(&target, &options, 7), 0);
	call_log_expect("open /p\nopen 7\nstat of process again\n");
	assert_int_equal(target.directory, script.process);
	assert_int_equal(target.memory, script.process);
	assert_int_equal(target.pid, 7);
	assert_int_equal(target.page_size, sysconf(_SC_PAGESIZE));
	assert_int_equal(fcntl(script.root, F_GETFD), -1);
	scan_target_close(&target);
	assert_int_equal(fcntl(script.process, F_GETFD), -1);
	assert_int_equal(target.directory, -1);
	assert_int_equal(target.memory, -1);
	scan_target_close(&target);
}

static void each_error_of_opening_is_told(void **state)
{
	static const struct {
		int root, process, stat, told;
	} cases[] = {
		{-EACCES, 0, 0, -EACCES}, {-ENOENT, 0, 0, -ENOENT},   {0, -ENOENT, 0, -ESRCH},
		{0, -EACCES, 0, -EACCES}, {0, 0, -EBADMSG, -EBADMSG},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		reset();
		script.root_error = cases[i].root;
		script.process_error = cases[i].process;
		script.stat_errors[0] = cases[i].stat;
		assert_int_equal(scan_target_open(&target, &options, 7), cases[i].told);
		assert_int_equal(target.directory, -1);
		if (!cases[i].root)
			assert_int_equal(fcntl(script.root, F_GETFD), -1);
	}
}

static void an_image_is_of_stat_and_statm(void **state)
{
	struct scan_image image = {0};

	(void)state;
	reset();
	begin();
	assert_int_equal(scan_target_image(&target, &image), 0);
	call_log_expect("stat of process again\nread statm of process again\n");
	assert_int_equal(image.start_brk, 1);
	assert_int_equal(image.start_stack, 2);
	assert_int_equal(image.minor_faults, 3);
	assert_int_equal(image.resident, 5 * sysconf(_SC_PAGESIZE));
	image.resident = 77;
	script.statm_error = -ENOENT;
	assert_int_equal(scan_target_image(&target, &image), -ESRCH);
	script.statm_error = -EACCES;
	assert_int_equal(scan_target_image(&target, &image), -EACCES);
	script.statm_error = 0;
	script.statm = "what\n";
	assert_int_equal(scan_target_image(&target, &image), -EBADMSG);
	assert_int_equal(image.resident, 77);
	script.stat_errors[3] = -ESRCH;
	assert_int_equal(scan_target_image(&target, &image), -ESRCH);
	scan_target_close(&target);
}

/* Another process with its number is another one. */
static void the_beginning_has_to_be_the_same(void **state)
{
	struct scan_image image;

	(void)state;
	reset();
	begin();
	script.stat.start_ticks++;
	assert_int_equal(scan_target_image(&target, &image), -ESRCH);
	scan_target_close(&target);
	reset();
	script.live = false; /* of a recorded one nothing is sure */
	begin();
	script.stat.start_ticks++;
	assert_int_equal(scan_target_image(&target, &image), 0);
	scan_target_close(&target);
}

/* Where the main thread has ended another one has the memory, as long as that lives. */
static void the_memory_may_be_of_another_thread(void **state)
{
	struct scan_image image;
	int thread;

	(void)state;
	reset();
	begin();
	script.stat.size = 0;
	assert_int_equal(scan_target_image(&target, &image), 0);
	call_log_expect("stat of process again\nfind a thread\nstat of thread\n"
			"read statm of thread\n");
	assert_int_equal(image.minor_faults, 30);
	assert_int_equal(target.memory, script.thread);
	script.file_error = -EPERM;
	assert_int_equal(scan_target_open_file(&target, "mem"), -EACCES);
	script.file_error = -EBUSY;
	assert_int_equal(scan_target_open_file(&target, "mem"), -EBUSY);
	assert_int_equal(scan_target_swap(&target), 20 * 1024);
	call_log_expect("open mem of thread\nopen mem of thread\nread status of thread\n");
	script.status_error = -EIO;
	assert_true(scan_target_swap(&target) == TARGET_UNKNOWN);
	thread = script.thread;
	script.other.size = 0;
	script.stats = 0;
	assert_int_equal(scan_target_image(&target, &image), -ESRCH);
	script.stats = 0;
	script.stat_errors[1] = -EBADMSG;
	assert_int_equal(scan_target_image(&target, &image), -EBADMSG);
	script.stats = 0;
	script.thread_error = -ENOENT;
	assert_int_equal(scan_target_image(&target, &image), -ESRCH);
	assert_int_equal(target.memory, script.process);
	assert_int_equal(fcntl(thread, F_GETFD), -1);
	script.stat.size = 4096; /* it is back */
	script.stats = 0;
	script.stat_errors[1] = 0;
	assert_int_equal(scan_target_image(&target, &image), 0);
	assert_int_equal(image.minor_faults, 3);
	scan_target_close(&target);
}

/* A recorded tree may lack all of it. */
static void a_recorded_process_has_what_there_is(void **state)
{
	struct scan_image image = {.resident = 1};

	(void)state;
	reset();
	script.live = false;
	script.stat.size = 0;
	script.thread_error = -ENOENT;
	script.statm_error = -ENOENT;
	assert_int_equal(scan_target_open(&target, &options, 7), 0);
	call_log_expect("open /p\nopen 7\nrecorded stat of process\n");
	assert_int_equal(scan_target_image(&target, &image), 0);
	call_log_expect("recorded stat of process\nfind a thread\nread statm of process\n");
	assert_int_equal(image.resident, 0);
	assert_int_equal(image.start_stack, 2);
	scan_target_close(&target);
}

static void images_are_the_same_by_their_beginnings(void **state)
{
	const struct scan_image one = {1, 2, 3, 4}, same = {1, 2, 9, 9}, brk = {3, 2, 3, 4},
				stack = {1, 3, 3, 4};

	(void)state;
	assert_true(scan_image_same(&one, &same));
	assert_false(scan_image_same(&one, &brk));
	assert_false(scan_image_same(&one, &stack));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_opened_target_has_its_directory),
		cmocka_unit_test(each_error_of_opening_is_told),
		cmocka_unit_test(an_image_is_of_stat_and_statm),
		cmocka_unit_test(the_beginning_has_to_be_the_same),
		cmocka_unit_test(the_memory_may_be_of_another_thread),
		cmocka_unit_test(a_recorded_process_has_what_there_is),
		cmocka_unit_test(images_are_the_same_by_their_beginnings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
