/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/signals.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "app/message.h"
#include "base/memory.h"
#include "term/terminal.h"

static const int asking[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH};
static const int crashing[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGSYS};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

int signals_open(void)
{
	sigset_t set;
	int descriptor;

	sigemptyset(&set);
	for (size_t i = 0; i < COUNT(asking); i++)
		sigaddset(&set, asking[i]);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	/* A closed pipe is an error of write(), not the end. */
	signal(SIGPIPE, SIG_IGN);
	descriptor = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
	return descriptor < 0 ? -errno : descriptor;
}

int signals_read(int descriptor)
{
	struct signalfd_siginfo info;

	if (read(descriptor, &info, sizeof(info)) != sizeof(info))
		return 0;
	return (int)info.ssi_signo;
}

/* SA_RESETHAND has put the default action back; it comes when this returns and unblocks. */
static void crash(int number)
{
	terminal_restore();
	raise(number);
}

static void exhausted(void)
{
	terminal_restore();
	message_say("out of memory.");
}

void signals_guard_terminal(void)
{
	struct sigaction action = {.sa_handler = crash, .sa_flags = (int)SA_RESETHAND | SA_ONSTACK};
	stack_t stack = {.ss_size = (size_t)64 * 1024};

	/* A stack of its own, for when the crash is that of the stack. */
	stack.ss_sp = memory_alloc(stack.ss_size);
	sigaltstack(&stack, NULL);
	sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < COUNT(crashing); i++)
		sigaction(crashing[i], &action, NULL);
	memory_set_exhausted_hook(exhausted);
}

void signals_end_guard(void)
{
	const stack_t none = {.ss_flags = SS_DISABLE};
	stack_t stack;

	if (sigaltstack(&none, &stack) == 0 && !(stack.ss_flags & SS_DISABLE))
		free(stack.ss_sp);
}

/* By SIGTSTP itself, so that a shell sees the usual status, and not in an orphaned group. */
void signals_stop(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTSTP);
	raise(SIGTSTP);
	pthread_sigmask(SIG_UNBLOCK, &set, NULL);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
}

void signals_die(int number)
{
	sigset_t set;

	signal(number, SIG_DFL);
	sigemptyset(&set);
	sigaddset(&set, number);
	raise(number);
	pthread_sigmask(SIG_UNBLOCK, &set, NULL);
	_exit(128 + number);
}
