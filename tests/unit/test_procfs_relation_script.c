/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "base/text.h"
#include "call_log.h"
#include "kernel/proc_file.h"
#include "kernel/procfs_relation.h"

/* What is made of each reply of a kernel about numbers of processes. */

#define ROOT 70

static struct {
	int open_error, statfs_error;
	long type;
	const char *self;                  /* where the link leads; NULL: there is none */
	const char *own, *process, *pidfd; /* status, and fdinfo; NULL: there is none */
	int kill_error, access_error, pidfd_error;
	int descriptor; /* the pidfd */
} script;

static int reply_statfs(struct statfs *ret_system)
{
	memset(ret_system, 0, sizeof(*ret_system));
	ret_system->f_type = (__typeof__(ret_system->f_type))script.type;
	errno = script.statfs_error;
	return script.statfs_error ? -1 : 0;
}

int fstatfs(int root, struct statfs *ret_system)
{
	assert_int_equal(root, ROOT);
	return reply_statfs(ret_system);
}

int statfs(const char *root, struct statfs *ret_system)
{
	assert_string_equal(root, "/p");
	return reply_statfs(ret_system);
}

/* No descriptor of that number is open. */
int proc_file_open_directory(int directory, const char *path)
{
	assert_int_equal(directory, AT_FDCWD);
	assert_string_equal(path, "/p");
	return script.open_error ? script.open_error : ROOT;
}

int proc_file_read_link(int directory, const char *path, struct text *text)
{
	assert_int_equal(directory, ROOT);
	assert_string_equal(path, "self");
	if (!script.self)
		return -ENOENT;
	text_append(text, script.self);
	return 0;
}

int proc_file_read(int directory, const char *path, size_t limit, struct text *text)
{
	const char *found = !strcmp(path, "self/status") ? script.own
			    : !strcmp(path, "7/status")  ? script.process
							 : script.pidfd;

	assert_int_equal(directory, ROOT);
	assert_true(limit > 0);
	call_log_say("%s", strncmp(path, "self/fdinfo/", 12) != 0 ? path : "fdinfo");
	if (!found)
		return -ENOENT;
	text_append(text, found);
	return 0;
}

int faccessat(int directory, const char *path, int mode, int flags)
{
	assert_int_equal(directory, 71);
	assert_string_equal(path, "stat");
	assert_int_equal(mode | flags, F_OK);
	errno = script.access_error;
	return script.access_error ? -1 : 0;
}

int kill(pid_t pid, int signal)
{
	assert_int_equal(pid, 7);
	assert_int_equal(signal, 0);
	errno = script.kill_error;
	return script.kill_error ? -1 : 0;
}

long syscall(long number, ...)
{
	va_list arguments;
	int pid;

	va_start(arguments, number);
	pid = va_arg(arguments, int);
	assert_int_equal(va_arg(arguments, int), 0);
	va_end(arguments);
	assert_int_equal(number, SYS_pidfd_open);
	call_log_say("pidfd of %d", pid);
	errno = script.pidfd_error;
	if (script.pidfd_error)
		return -1;
	script.descriptor = open("/", O_PATH | O_CLOEXEC);
	return script.descriptor;
}

static int begin(void **state)
{
	(void)state;
	memset(&script, 0, sizeof(script));
	script.type = PROC_SUPER_MAGIC;
	script.self = "40";
	script.own = "NSpid:\t40\n";
	call_log_clear();
	return 0;
}

static void a_root_is_related_by_numbers(void **state)
{
	char own[16];

	(void)state;
	assert_int_equal(procfs_relation_find(ROOT), PROCFS_OWN);
	assert_true(procfs_relation_is_live(ROOT) && procfs_relation_is_live_at("/p"));
	script.own = "NSpid:\t40\t1\n";
	assert_int_equal(procfs_relation_find(ROOT), PROCFS_ANCESTOR);
	script.self = NULL;
	assert_int_equal(procfs_relation_find(ROOT), PROCFS_FOREIGN);
	script.self = "none";
	assert_int_equal(procfs_relation_find(ROOT), PROCFS_FOREIGN);
	/* Before 4.1 the own number is all there is to compare. */
	script.self = "2147483647";
	script.own = "Name:\tx\n";
	assert_int_equal(procfs_relation_find(ROOT), PROCFS_FOREIGN);
	snprintf(own, sizeof(own), "%d", (int)getpid());
	script.self = own;
	assert_int_equal(procfs_relation_find(ROOT), PROCFS_OWN);
	script.own = NULL;
	assert_int_equal(procfs_relation_find(ROOT), PROCFS_OWN);
	script.type++;
	assert_int_equal(procfs_relation_find(ROOT), PROCFS_RECORDED);
	assert_false(procfs_relation_is_live_at("/p"));
	script.type--;
	script.statfs_error = EIO;
	assert_int_equal(procfs_relation_find(ROOT), PROCFS_RECORDED);
	assert_false(procfs_relation_is_live_at("/p"));
}

/* Only of the own namespace a number says whether there is one. */
static void what_can_be_signalled_is_hidden(void **state)
{
	(void)state;
	assert_true(procfs_relation_hides(ROOT, 7));
	script.kill_error = EPERM;
	assert_true(procfs_relation_hides(ROOT, 7));
	script.kill_error = ESRCH;
	assert_false(procfs_relation_hides(ROOT, 7));
	script.kill_error = 0;
	script.own = "NSpid:\t40\t1\n";
	assert_false(procfs_relation_hides(ROOT, 7));
	assert_false(procfs_relation_hides_directory(71));
	script.access_error = ESRCH;
	assert_false(procfs_relation_hides_directory(71));
	script.access_error = ENOENT;
	assert_true(procfs_relation_hides_directory(71));
}

/* The descriptor, which is closed, or the error, of these calls. */
static void open_pidfd(enum procfs_relation relation, int error, const char *calls)
{
	const int pidfd = procfs_relation_open_pidfd(ROOT, relation, 7);

	call_log_expect(calls);
	if (error) {
		assert_int_equal(pidfd, error);
	} else {
		assert_int_equal(pidfd, script.descriptor);
		close(pidfd);
	}
}

static void a_pidfd_is_of_that_number(void **state)
{
	(void)state;
	script.pidfd = "pos:\t0\nPid:\t7\nNSpid:\t7\n";
	open_pidfd(PROCFS_OWN, 0, "pidfd of 7\nfdinfo\n");
	script.pidfd = "pos:\t0\nPid:\t8\n"; /* of a namespace beside this one */
	open_pidfd(PROCFS_OWN, -ENOTSUP, "pidfd of 7\nfdinfo\n");
	assert_int_equal(fcntl(script.descriptor, F_GETFD), -1);
	script.pidfd = "pos:\t0\nPid:\t-1\n";
	open_pidfd(PROCFS_OWN, -ENOTSUP, "pidfd of 7\nfdinfo\n");
	script.pidfd = "pos:\t0\nPid:\t4294967303\n";
	open_pidfd(PROCFS_OWN, -ENOTSUP, "pidfd of 7\nfdinfo\n");
	script.pidfd = NULL;
	open_pidfd(PROCFS_OWN, -ENOTSUP, "pidfd of 7\nfdinfo\n");
	script.pidfd_error = ENOSYS;
	open_pidfd(PROCFS_OWN, -ENOSYS, "pidfd of 7\n");
	open_pidfd(PROCFS_FOREIGN, -ENOTSUP, "");
	open_pidfd(PROCFS_RECORDED, -ENOTSUP, "");
}

/* Below an ancestor it is opened by the number that it has here. */
static void numbers_of_an_ancestor_are_translated(void **state)
{
	(void)state;
	script.own = "NSpid:\t40\t1\n";
	script.process = "NSpid:\t7\t3\n";
	script.pidfd = "pos:\t0\nPid:\t7\n";
	open_pidfd(PROCFS_ANCESTOR, 0, "self/status\n7/status\npidfd of 3\nfdinfo\n");
	script.process = "NSpid:\t7\n"; /* it has none here */
	open_pidfd(PROCFS_ANCESTOR, -ENOTSUP, "self/status\n7/status\n");
	script.process = NULL;
	open_pidfd(PROCFS_ANCESTOR, -ENOTSUP, "self/status\n7/status\n");
	script.own = "NSpid:\t40\n";
	open_pidfd(PROCFS_ANCESTOR, 0, "self/status\npidfd of 7\nfdinfo\n");
	script.self = NULL;
	open_pidfd(PROCFS_ANCESTOR, -ENOTSUP, "");
}

static void a_path_is_opened(void **state)
{
	int32_t pid = 5;

	(void)state;
	script.own = "NSpid:\t40\t1\n";
	assert_int_equal(procfs_relation_at("/p"), PROCFS_ANCESTOR);
	assert_int_equal(procfs_relation_self("/p"), 40);
	assert_int_equal(procfs_relation_find_child("/p", 9, &pid), -ENOENT); /* it lists it */
	script.own = "NSpid:\t40\n";
	assert_int_equal(procfs_relation_find_child("/p", 9, &pid), 0);
	assert_int_equal(pid, 9);
	script.self = NULL;
	assert_int_equal(procfs_relation_find_child("/p", 8, &pid), -ESRCH);
	script.open_error = -EACCES;
	assert_int_equal(procfs_relation_at("/p"), -EACCES);
	assert_int_equal(procfs_relation_self("/p"), 0);
	assert_int_equal(procfs_relation_find_child("/p", 8, &pid), -EACCES);
	assert_int_equal(pid, 9);
}

#define TEST(name) cmocka_unit_test_setup(name, begin)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_root_is_related_by_numbers),
		TEST(what_can_be_signalled_is_hidden),
		TEST(a_pidfd_is_of_that_number),
		TEST(numbers_of_an_ancestor_are_translated),
		TEST(a_path_is_opened),
	};

	return cmocka_run_group_tests_name("procfs_relation_script", tests, NULL, NULL);
}
