/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "files/helper.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/text.h"
#include "kernel/clock.h"
#include "kernel/proc_file.h"
#include "procfs/stat_parser.h"

#define STAT_MAX ((size_t)4096)

/* In the child: the one descriptor that it keeps. */
#define CHILD_SOCKET 0

/* Room for one descriptor beside a message. */
union passed {
	struct cmsghdr header;
	char bytes[CMSG_SPACE(sizeof(int))];
};

static void close_from(unsigned first)
{
	struct rlimit limit;

#ifdef SYS_close_range
	if (!syscall(SYS_close_range, first, UINT_MAX, 0))
		return;
#endif
	/* Before Linux 5.9. */
	if (getrlimit(RLIMIT_NOFILE, &limit))
		return;
	for (rlim_t i = first; i < limit.rlim_cur && i < 65536; i++)
		close((int)i);
}

/* Without memory the child leaves, and its parent knows as much as if it had crashed. */
static void leave(void)
{
	_exit(0);
}

/*
 * Leaves what belongs to the parent: its handlers, which would restore its terminal; its files, so
 * that whoever reads its output finds the end; its session, whose keys send signals.
 */
static void leave_parent(int socket)
{
	memory_set_exhausted_hook(leave);
	for (int i = 1; i < NSIG; i++)
		signal(i, SIG_DFL);
	dup2(socket, CHILD_SOCKET);
	close_from(CHILD_SOCKET + 1);
	setsid();
	prctl(PR_SET_NAME, HELPER_NAME);
}

void helper_limit_time(unsigned seconds)
{
	struct rusage used;
	struct rlimit limit;

	if (getrusage(RUSAGE_SELF, &used) || getrlimit(RLIMIT_CPU, &limit))
		return;
	limit.rlim_cur = (rlim_t)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) + seconds;
	if (limit.rlim_cur < limit.rlim_max)
		(void)setrlimit(RLIMIT_CPU, &limit);
}

/* The descriptor that came with the message; -1 for none. */
static int passed_descriptor(struct msghdr *message)
{
	struct cmsghdr *header = CMSG_FIRSTHDR(message);
	int descriptor = -1;

	if (header && header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS)
		memcpy(&descriptor, CMSG_DATA(header), sizeof(descriptor));
	return descriptor;
}

/* Receives a request and sends the reply. Returns false at the end. */
static bool serve(char *request, int *directory, struct text *reply)
{
	helper_call call = NULL;
	union passed passed;
	struct iovec parts[] = {{&call, sizeof(call)}, {request, HELPER_REQUEST_MAX}};
	struct msghdr message = {.msg_iov = parts,
				 .msg_iovlen = 2,
				 .msg_control = &passed,
				 .msg_controllen = sizeof(passed)};
	ssize_t length = recvmsg(CHILD_SOCKET, &message, MSG_CMSG_CLOEXEC);
	int descriptor;

	if (length < (ssize_t)sizeof(call))
		return length < 0 && errno == EINTR;
	descriptor = passed_descriptor(&message);
	if (descriptor >= 0) {
		if (*directory >= 0)
			close(*directory);
		*directory = descriptor;
	}
	text_clear(reply);
	call(*directory, request, (size_t)length - sizeof(call), reply);
	return send(CHILD_SOCKET, text_string(reply), reply->length, MSG_NOSIGNAL) >= 0;
}

static _Noreturn void work(int socket, pid_t parent)
{
	struct text reply = {0};
	int directory = -1;
	char *request;

	leave_parent(socket);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(0);
	request = memory_resize(NULL, HELPER_REQUEST_MAX);
	while (serve(request, &directory, &reply))
		;
	_exit(0);
}

int helper_start(struct helper *ret_helper)
{
	struct helper helper;
	sigset_t all, before;
	pid_t parent = getpid();
	int ends[2], error = 0;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends))
		return -errno;
	helper.socket = ends[0];
	/* No handler of this process is to run in the child. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	helper.pid = fork();
	if (helper.pid == 0)
		work(ends[1], parent);
	if (helper.pid < 0)
		error = -errno;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	close(ends[1]);
	if (error) {
		close(ends[0]);
		return error;
	}
	*ret_helper = helper;
	return 0;
}

int helper_ask(const struct helper *helper, helper_call call, int directory,
	       const struct text *request)
{
	struct iovec parts[] = {{&call, sizeof(call)}, {request->bytes, request->length}};
	struct msghdr message = {.msg_iov = parts, .msg_iovlen = 2};
	union passed passed = {0};

	if (request->length > HELPER_REQUEST_MAX)
		return -EMSGSIZE;
	if (directory >= 0) {
		passed.header = (struct cmsghdr){.cmsg_level = SOL_SOCKET,
						 .cmsg_type = SCM_RIGHTS,
						 .cmsg_len = CMSG_LEN(sizeof(directory))};
		memcpy(CMSG_DATA(&passed.header), &directory, sizeof(directory));
		message.msg_control = &passed;
		message.msg_controllen = sizeof(passed);
	}
	if (sendmsg(helper->socket, &message, MSG_DONTWAIT | MSG_NOSIGNAL) >= 0)
		return 0;
	if (errno == EAGAIN || errno == EINTR || errno == ENOBUFS || errno == ETOOMANYREFS)
		return -EAGAIN;
	return errno == EMSGSIZE ? -EMSGSIZE : -EPIPE;
}

int helper_take(const struct helper *helper, struct text *reply)
{
	char bytes[HELPER_REPLY_MAX];
	ssize_t length;

	do
		length = recv(helper->socket, bytes, sizeof(bytes), MSG_DONTWAIT);
	while (length < 0 && errno == EINTR);
	if (length < 0)
		return errno == EAGAIN ? -EAGAIN : -EPIPE;
	if (length == 0)
		return -EPIPE;
	text_clear(reply);
	text_append_bytes(reply, bytes, (size_t)length);
	return 0;
}

/* Reads a file of the child's in /proc. */
static int read_of(const struct helper *helper, const char *file, struct text *text)
{
	char path[32];

	snprintf(path, sizeof(path), "/proc/%d/%s", helper->pid, file);
	return proc_file_read(AT_FDCWD, path, STAT_MAX, text);
}

static bool is_running(const struct helper *helper)
{
	struct text text = {0};
	struct proc_stat stat;
	bool running = !read_of(helper, "stat", &text) &&
		       !stat_parse(text_string(&text), text.length, &stat) && stat.state == 'R';

	text_finish(&text);
	return running;
}

/* The number of the call comes first, or a word. */
static bool is_in_futex(const struct helper *helper)
{
	struct text text = {0};
	bool is = !read_of(helper, "syscall", &text) &&
		  strtol(text_string(&text), NULL, 10) == SYS_futex;

	text_finish(&text);
	return is;
}

enum helper_state helper_get_state(const struct helper *helper)
{
	if (is_running(helper))
		return HELPER_RUNNING;
	return is_in_futex(helper) ? HELPER_LOCKED : HELPER_BLOCKED;
}

void helper_kill(struct helper *helper)
{
	kill(helper->pid, SIGKILL);
	close(helper->socket);
	helper->socket = -1;
}

bool helper_is_gone(const struct helper *helper)
{
	return waitpid(helper->pid, NULL, WNOHANG) != 0;
}

bool helper_see_off(const struct helper *helper, int64_t until)
{
	/* Before Linux 5.3 there is none: then it is only looked now and then. */
	struct pollfd end = {.fd = (int)syscall(SYS_pidfd_open, helper->pid, 0), .events = POLLIN};
	bool gone;

	while (!(gone = helper_is_gone(helper))) {
		int64_t left = until - clock_ns(CLOCK_MONOTONIC);

		if (left <= 0)
			break;
		(void)poll(&end, 1, end.fd < 0 ? 1 : (int)(left / 1000000) + 1);
	}
	if (end.fd >= 0)
		close(end.fd);
	return gone;
}
