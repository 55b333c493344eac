/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_LAUNCH_SCRIPT_H
#define TESTS_UNIT_LAUNCH_SCRIPT_H

/*
 * What app/launch.c asks of the kernel, as a script replies it: each call is a line of the log.
 * fork(2) returns what the script says, so that a test is the parent or the child; where the child
 * would end, the test goes on.
 */

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/launch.h"
#include "app/launch_output.h"
#include "base/memory.h"
#include "call_log.h"

enum { CHILD = 4321, PARENT = 77, OUTPUT = 901, NOTES = 902, INPUT = 903, READS = 904 };

/* As launch.c writes and reads them. */
struct script_note {
	int type, step, error;
};

enum { NONE, NOTE_OF_TRACED, NOTE_OF_FAILURE };

static struct {
	char *path; /* of the output that was opened last */
	pid_t forked;
	int output, pipe, notes, input; /* errors; of the last two what is lifted */
	const char *failing;            /* the call of the child that fails with EMFILE */
	pid_t parent;                   /* of the child */
	int exec_error;
	int notes_type[3], note; /* what is read; NONE: the end */
	int interruptions;       /* of read(2) and waitpid(2), each */
	int waits_interrupted;
	int statuses[6], status; /* what waitpid(2) says in turn */
	int wait_error;          /* when those are over */
	int ptrace_error;        /* of PTRACE_SETOPTIONS */
	bool nothing_waits;      /* waitpid(2) with WNOHANG finds none */
	int lifted;
	const char *there; /* the file of PATH that access(2) finds; NULL: none */
	jmp_buf end;
} script;

static struct script_note sent;

static bool script_fails(const char *call)
{
	if (!script.failing || strcmp(script.failing, call) != 0)
		return false;
	errno = EMFILE;
	return true;
}

int access(const char *path, int mode)
{
	call_log_say("access %s %d", path, mode);
	return script.there && !strcmp(path, script.there) ? 0 : -1;
}

int launch_output_open(const char *path, const char *command, char **ret_path)
{
	call_log_say("output %s of %s", path ? path : "-", command);
	if (script.output)
		return script.output;
	script.path = *ret_path = memory_copy_string(path ? path : "/fresh");
	return OUTPUT;
}

int launch_output_lift(int descriptor)
{
	call_log_say("lift %d", descriptor);
	return script.lifted++ ? script.input : script.notes;
}

int pipe2(int ends[2], int flags)
{
	assert_int_equal(flags, O_CLOEXEC);
	ends[0] = READS;
	ends[1] = 905;
	errno = ENFILE;
	return script.pipe;
}

int open(const char *path, int flags, ...)
{
	call_log_say("open %s %d", path, flags == (O_RDONLY | O_CLOEXEC));
	return 906;
}

int close(int descriptor)
{
	call_log_say("close %d", descriptor);
	return 0;
}

int unlink(const char *path)
{
	call_log_say("unlink %s", path);
	return 0;
}

pid_t fork(void)
{
	call_log_say("fork");
	errno = EAGAIN;
	return script.forked;
}

pid_t getpid(void)
{
	return PARENT;
}

pid_t getppid(void)
{
	return script.parent;
}

pid_t setsid(void)
{
	call_log_say("setsid");
	return script_fails("setsid") ? -1 : 1;
}

int dup2(int from, int to)
{
	char call[20];

	snprintf(call, sizeof(call), "dup2 %d", to);
	call_log_say("%s of %d", call, from);
	return script_fails(call) ? -1 : to;
}

int prctl(int option, ...)
{
	va_list arguments;

	va_start(arguments, option);
	assert_int_equal(option, PR_SET_PDEATHSIG);
	call_log_say("end with the parent by %d", va_arg(arguments, int));
	va_end(arguments);
	return script_fails("prctl") ? -1 : 0;
}

long ptrace(enum __ptrace_request request, ...)
{
	va_list arguments;
	pid_t pid;
	long data;

	va_start(arguments, request);
	pid = va_arg(arguments, pid_t);
	(void)va_arg(arguments, void *);
	data = va_arg(arguments, long);
	va_end(arguments);
	errno = EPERM;
	switch (request) {
	case PTRACE_TRACEME: call_log_say("trace me"); return script_fails("trace") ? -1 : 0;
	case PTRACE_SETOPTIONS:
		assert_true(data == (PTRACE_O_TRACEEXEC | PTRACE_O_EXITKILL));
		call_log_say("options of %d", (int)pid);
		errno = EIO;
		return script.ptrace_error;
	case PTRACE_CONT: call_log_say("continue %d with %ld", (int)pid, data); return 0;
	case PTRACE_DETACH: call_log_say("detach %d with %ld", (int)pid, data); return 0;
	default: fail_msg("request %d", (int)request); return -1;
	}
}

int raise(int number)
{
	call_log_say("raise %d", number);
	return 0;
}

int kill(pid_t pid, int number)
{
	call_log_say("kill %d by %d", (int)pid, number);
	return 0;
}

int execvp(const char *file, char *const *argv)
{
	call_log_say("execute %s %s", file, argv[1] ? argv[1] : "-");
	errno = script.exec_error;
	return -1;
}

ssize_t write(int file, const void *bytes, size_t length)
{
	assert_int_equal(file, NOTES);
	assert_int_equal(length, sizeof(sent));
	memcpy(&sent, bytes, sizeof(sent));
	call_log_say("note %d of step %d", sent.type, sent.step);
	return script_fails("write") ? -1 : (ssize_t)length;
}

void _exit(int status)
{
	call_log_say("exit %d", status);
	longjmp(script.end, 1);
}

ssize_t read(int file, void *bytes, size_t length)
{
	struct script_note note = {.step = LAUNCH_EXEC, .error = ENOENT};

	assert_int_equal(file, READS);
	assert_int_equal(length, sizeof(note));
	if (script.interruptions) {
		script.interruptions--;
		errno = EINTR;
		return -1;
	}
	note.type = script.notes_type[script.note++] - 1;
	call_log_say("read");
	if (note.type < 0)
		return 0;
	memcpy(bytes, &note, sizeof(note));
	return sizeof(note);
}

pid_t waitpid(pid_t pid, int *ret_status, int options)
{
	assert_int_equal(pid, CHILD);
	if (script.waits_interrupted) {
		script.waits_interrupted--;
		errno = EINTR;
		return -1;
	}
	call_log_say("wait%s", options == WNOHANG ? " not" : "");
	if (script.nothing_waits && options == WNOHANG)
		return 0;
	if (script.wait_error && script.statuses[script.status] < 0) {
		errno = script.wait_error;
		return -1;
	}
	*ret_status = script.statuses[script.status++];
	return pid;
}

#endif
