/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * What an attacker who has taken vastop over can do: a child confines itself as a run does, and
 * then tries. What a run needs must work.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <pthread.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/options.h"
#include "app/sandbox.h"
#include "base/text.h"
#include "kernel/landlock.h"
#include "kernel/open_below.h"

static char path[] = "/tmp/vastop-sandbox-XXXXXX";
static bool kernel_seals; /* mseal(2), which cannot be called once a run is confined */

/* Whether the call was refused by the filter. */
static bool refused(long result)
{
	return result == -1 && errno == EPERM;
}

static bool can_write_by(int file)
{
	if (file >= 0)
		close(file);
	return file >= 0;
}

/* By openat2(), whose arguments no filter sees: with those of vastop, too, once they are changed.
 */
static bool can_write_by_openat2(void)
{
	const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
	struct open_how how = {.flags = O_WRONLY};
	struct open_how *own = (struct open_how *)open_below_argument(OPEN_BELOW);

	if (can_write_by((int)syscall(SYS_openat2, AT_FDCWD, path, &how, sizeof(how))))
		return true;
	if (mprotect((void *)((uintptr_t)own & ~(page - 1)), page, PROT_READ | PROT_WRITE))
		return false;
	*own = how;
	return can_write_by((int)syscall(SYS_openat2, AT_FDCWD, path, own, sizeof(how))) &&
	       kernel_seals;
}

/* Returns the line of what could be done. */
static int find_allowed(bool files)
{
	const struct iovec vector = {path, 1};
	struct rlimit limit = {RLIM_INFINITY, RLIM_INFINITY};
	char *argv[] = {(char *)"true", NULL}, *envp[] = {NULL};
	char key = 'x';

	if (!refused(execve("/bin/true", argv, envp)) ||
	    !refused(syscall(SYS_execveat, AT_FDCWD, "/bin/true", argv, envp, 0)))
		return __LINE__;
	if (!refused(socket(AF_INET, SOCK_STREAM, 0)) || !refused(socket(AF_UNIX, SOCK_STREAM, 0)))
		return __LINE__;
	if (!refused(ptrace(PTRACE_ATTACH, getppid(), NULL, NULL)) ||
	    !refused(ptrace(PTRACE_SEIZE, getppid(), NULL, NULL)))
		return __LINE__;
	if (!refused(process_vm_writev(getppid(), &vector, 1, &vector, 1, 0)))
		return __LINE__;
	if (!refused(unshare(CLONE_NEWUSER)) || !refused(syscall(SYS_clone, CLONE_NEWUSER, 0L)))
		return __LINE__;
	if (!refused(prlimit(getppid(), RLIMIT_CORE, &limit, NULL)))
		return __LINE__;
	if (!refused(ioctl(STDIN_FILENO, TIOCSTI, &key)) ||
	    !refused(ioctl(STDIN_FILENO, UINT64_C(0x100000000) | TIOCSTI, &key)))
		return __LINE__;
	if (!refused(prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)))
		return __LINE__;
	if (files)
		return 0;
	if (can_write_by(open(path, O_WRONLY)) || can_write_by(open(path, O_RDWR)) ||
	    can_write_by(open(path, O_RDONLY | O_TRUNC)) ||
	    can_write_by(open("/tmp", O_TMPFILE | O_RDWR, 0600)) ||
	    can_write_by(open("/tmp/vastop-sandbox-made", O_RDONLY | O_CREAT, 0600)) ||
	    can_write_by_openat2())
		return __LINE__;
	if (!refused(unlink(path)) || !refused(rename(path, "/tmp/vastop-sandbox-made")) ||
	    !refused(mkdir("/tmp/vastop-sandbox-made", 0700)) || !refused(chmod(path, 0777)))
		return __LINE__;
	return 0;
}

static void *nothing(void *argument)
{
	return argument;
}

/* Returns the line of what could not be done. */
static int find_missing(bool files)
{
	pthread_t thread;
	int ends[2], status, file = open(path, O_RDONLY | O_CLOEXEC);
	pid_t child;

	if (file < 0 || open("/proc/self/maps", O_RDONLY | O_CLOEXEC) < 0)
		return __LINE__;
	if (pthread_create(&thread, NULL, nothing, NULL) || pthread_join(thread, NULL))
		return __LINE__;
	child = fork();
	if (child == 0)
		_exit(prctl(PR_SET_NAME, "child") || prctl(PR_SET_PDEATHSIG, SIGKILL));
	if (waitpid(child, &status, 0) != child || status)
		return __LINE__;
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) ||
	    send(ends[0], "x", 1, 0) != 1)
		return __LINE__;
	if (memfd_create("vastop", MFD_CLOEXEC) < 0 || raise(0))
		return __LINE__;
	if (open_below(AT_FDCWD, path, OPEN_BELOW) == -EPERM)
		return __LINE__;
	file = files ? open(path, O_RDWR | O_TRUNC | O_CLOEXEC) : 0;
	return file < 0 ? __LINE__ : 0;
}

/* Runs it in a child that is confined for such a run; the line that is wrong, or 0. */
static int run_confined(const struct options *options, int (*find)(bool files), bool files)
{
	int ends[2], line = -1;
	pid_t child;

	assert_int_equal(pipe(ends), 0);
	child = fork();
	if (child == 0) {
		sandbox_enter(options);
		line = find(files);
		_exit(write(ends[1], &line, sizeof(line)) != sizeof(line));
	}
	close(ends[1]);
	if (read(ends[0], &line, sizeof(line)) != sizeof(line))
		line = -1;
	close(ends[0]);
	assert_int_equal(waitpid(child, NULL, 0), child);
	return line;
}

static bool filters(void)
{
	struct text words = {0};
	bool has;

	sandbox_append_words(&words);
	has = strstr(text_string(&words), "seccomp");
	text_finish(&words);
	return has;
}

static const struct run {
	struct options options;
	bool files;
} runs[] = {
	{{.action = ACTION_ONCE}, false},
	{{.action = ACTION_CHECK}, false},
	{{.action = ACTION_EVENTS}, false},
	{{.action = ACTION_INSIDE}, false},
	{{.action = ACTION_GROWTH}, false},
	{{.action = ACTION_ONCE, .format = FORMAT_OPENMETRICS}, false},
	{{.action = ACTION_ONCE, .format = FORMAT_OPENMETRICS, .output = path}, true},
	{{.action = ACTION_ONCE, .record = path}, true},
	{{.action = ACTION_WATCH}, true},
};

static void an_attacker_can_do_little(void **state)
{
	int line;

	(void)state;
	if (!filters()) {
		puts("# skipped: this build or kernel refuses no calls");
		skip();
	}
	for (size_t i = 0; i < sizeof(runs) / sizeof(runs[0]); i++) {
		line = run_confined(&runs[i].options, find_allowed, runs[i].files);
		if (line)
			fail_msg("run %zu: line %d was possible", i, line);
	}
}

static void what_a_run_needs_works(void **state)
{
	int line;

	(void)state;
	for (size_t i = 0; i < sizeof(runs) / sizeof(runs[0]); i++) {
		line = run_confined(&runs[i].options, find_missing, runs[i].files);
		if (line)
			fail_msg("run %zu: line %d was not possible", i, line);
	}
}

static int find_privileges(bool files)
{
	(void)files;
	return prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0);
}

static void it_can_be_left_out(void **state)
{
	const struct options all = {.action = ACTION_ONCE, .no_sandbox = true};
	const struct options confined = {.action = ACTION_ONCE};
	const int before = find_privileges(false);

	(void)state;
	assert_int_equal(run_confined(&all, find_privileges, false), before);
	assert_int_equal(run_confined(&confined, find_privileges, false), 1);
}

static int find_written(bool files)
{
	(void)files;
	return can_write_by(open(path, O_WRONLY)) || !unlink(path);
}

/* But for the folder where a torn one is mended. */
static void a_recording_is_read_only(void **state)
{
	const struct options replay = {.action = ACTION_ONCE, .replay = path};
	const char *folder = getenv("TMPDIR");
	int written;

	(void)state;
	if (!landlock_version()) {
		puts("# skipped: the kernel has no Landlock");
		skip();
	}
	folder = folder ? strdup(folder) : NULL;
	setenv("TMPDIR", "/proc", 1);
	written = run_confined(&replay, find_written, false);
	if (folder)
		setenv("TMPDIR", folder, 1);
	else
		unsetenv("TMPDIR");
	free((char *)folder);
	assert_int_equal(written, 0);
}

static int make_file(void **state)
{
	int file = mkstemp(path);

	(void)state;
	kernel_seals = !syscall(462, 0UL, 0UL, 0UL);
	if (file >= 0)
		close(file);
	return file < 0;
}

static int remove_file(void **state)
{
	(void)state;
	return unlink(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_attacker_can_do_little),
		cmocka_unit_test(what_a_run_needs_works),
		cmocka_unit_test(it_can_be_left_out),
		cmocka_unit_test(a_recording_is_read_only),
	};

	return cmocka_run_group_tests_name("sandbox", tests, make_file, remove_file);
}
