/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_HELPER_KERNEL_H
#define TESTS_UNIT_HELPER_KERNEL_H

/*
 * What is asked of the kernel for helpers, and what is made of its answers: the calls are the
 * test's own here, and no process is started.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/text.h"
#include "files/helper.h"
#include "kernel/clock.h"
#include "kernel/proc_file.h"

#define CHILD 4242
#define MS    INT64_C(1000000)

/* What the kernel answers, and what it was asked. */
static struct {
	int errors[4]; /* of one call after the other; 0: it succeeds */
	int calls;
	int ends[2];
	bool blocked; /* all signals, when the child was made */
	struct msghdr message;
	char sent[64], control[CMSG_SPACE(sizeof(int))];
	size_t sent_length;
	int flags;
	const char *reply; /* what is received */
	size_t room;
	const char *stat, *syscall; /* files of the child; NULL: they cannot be read */
	int killed;
	int left; /* calls until the child is gone */
	int pidfd;
	int64_t now;
	int timeouts[4], polls, polled;
} kernel;

static int answer(int result)
{
	int error = kernel.errors[kernel.calls++];

	errno = error;
	return error ? -1 : result;
}

int socketpair(int domain, int type, int protocol, int ends[2])
{
	assert_int_equal(domain, AF_UNIX);
	assert_int_equal(type, SOCK_SEQPACKET | SOCK_CLOEXEC);
	assert_int_equal(protocol, 0);
	if (answer(0))
		return -1;
	for (int i = 0; i < 2; i++) {
		int opened = open("/dev/null", O_RDONLY | O_CLOEXEC);

		/* Nothing is to be taken for stdin. */
		ends[i] = kernel.ends[i] = fcntl(opened, F_DUPFD_CLOEXEC, 3);
		close(opened);
	}
	return 0;
}

/* What only the child does: the test would end as if all was well. */
_Noreturn void _exit(int status)
{
	(void)status;
	abort();
}

pid_t fork(void)
{
	sigset_t now;

	assert_int_equal(pthread_sigmask(SIG_SETMASK, NULL, &now), 0);
	kernel.blocked = true;
	for (int i = 1; i < SIGSYS; i++)
		if (i != SIGKILL && i != SIGSTOP)
			kernel.blocked &= sigismember(&now, i) == 1;
	return answer(CHILD);
}

ssize_t sendmsg(int socket, const struct msghdr *message, int flags)
{
	assert_int_equal(socket, 77);
	kernel.message = *message;
	kernel.flags = flags;
	kernel.sent_length = 0;
	for (size_t i = 0; i < message->msg_iovlen; i++) {
		size_t length = message->msg_iov[i].iov_len;

		if (kernel.sent_length + length <= sizeof(kernel.sent))
			memcpy(kernel.sent + kernel.sent_length, message->msg_iov[i].iov_base,
			       length);
		kernel.sent_length += length;
	}
	if (message->msg_controllen <= sizeof(kernel.control) && message->msg_control)
		memcpy(kernel.control, message->msg_control, message->msg_controllen);
	return answer(1);
}

ssize_t recv(int socket, void *bytes, size_t size, int flags)
{
	assert_int_equal(socket, 77);
	kernel.room = size;
	kernel.flags = flags;
	if (answer(0))
		return -1;
	memcpy(bytes, kernel.reply, strlen(kernel.reply));
	return (ssize_t)strlen(kernel.reply);
}

/* What calls are where the C library checks sizes (_FORTIFY_SOURCE). */
ssize_t __recv_chk(int socket, void *bytes, size_t size, size_t room, int flags);

ssize_t __recv_chk(int socket, void *bytes, size_t size, size_t room, int flags)
{
	assert_true(size <= room);
	return recv(socket, bytes, size, flags);
}

int proc_file_read(int directory, const char *path, size_t limit, struct text *text)
{
	const char *bytes = strstr(path, "/stat") ? kernel.stat : kernel.syscall;

	assert_int_equal(directory, AT_FDCWD);
	assert_int_equal(limit, 4096);
	assert_string_equal(path, strstr(path, "/stat") ? "/proc/4242/stat" : "/proc/4242/syscall");
	if (!bytes)
		return -EPERM;
	text_append(text, bytes);
	return 0;
}

int kill(pid_t pid, int number)
{
	assert_int_equal(pid, CHILD);
	kernel.killed = number;
	return 0;
}

pid_t waitpid(pid_t pid, int *status, int options)
{
	assert_int_equal(pid, CHILD);
	assert_null(status);
	assert_int_equal(options, WNOHANG);
	return kernel.left < 0 ? -1 : kernel.left-- > 0 ? 0 : CHILD;
}

long syscall(long number, ...)
{
	va_list arguments;

	if (number != SYS_pidfd_open) {
		errno = ENOSYS;
		return -1;
	}
	va_start(arguments, number);
	assert_int_equal(va_arg(arguments, pid_t), CHILD);
	assert_int_equal(va_arg(arguments, int), 0);
	va_end(arguments);
	return kernel.pidfd;
}

int64_t clock_ns(clockid_t clock)
{
	assert_int_equal(clock, CLOCK_MONOTONIC);
	return kernel.now;
}

int poll(struct pollfd *waits, nfds_t count, int timeout)
{
	assert_int_equal(count, 1);
	assert_int_equal(waits->events, POLLIN);
	assert_true(kernel.polls < 4);
	kernel.polled = waits->fd;
	kernel.timeouts[kernel.polls++] = timeout;
	kernel.now += timeout * MS;
	return 0;
}

int __poll_chk(struct pollfd *waits, nfds_t count, int timeout, size_t size);

int __poll_chk(struct pollfd *waits, nfds_t count, int timeout, size_t size)
{
	assert_true(count <= size / sizeof(*waits));
	return poll(waits, count, timeout);
}

#endif
