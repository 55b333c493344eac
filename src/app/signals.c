/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/signals.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/memory.h"
#include "term/terminal.h"

/* Those that do not end the program. */
static const int telling[] = {SIGTSTP, SIGCONT, SIGWINCH};

/*
 * Those that end it and come from outside, whose time therefore the loop can choose: all whose
 * default action is to end a process (signal(7)), but for SIGKILL and what follows here. Those of
 * real time are added.
 */
static const int ending[] = {
	SIGINT,    SIGTERM,   SIGHUP,  SIGQUIT, SIGUSR1, SIGUSR2,
	SIGALRM,   SIGVTALRM, SIGPROF, SIGIO,   SIGPWR,  SIGXCPU,
#ifdef SIGSTKFLT
	SIGSTKFLT,
#endif
};

/* Those that come from what the program does: they cannot wait. */
static const int crashing[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGSYS, SIGTRAP, SIGXFSZ};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void add(sigset_t *set, const int *numbers, size_t count)
{
	for (size_t i = 0; i < count; i++)
		sigaddset(set, numbers[i]);
}

/* As nohup(1) wants it; but shells ignore SIGINT and SIGQUIT for whatever is in the background. */
static bool stays_ignored(int number)
{
	struct sigaction action;

	return number != SIGINT && number != SIGQUIT && !sigaction(number, NULL, &action) &&
	       action.sa_handler == SIG_IGN;
}

int signals_open(void)
{
	sigset_t set;
	int descriptor;

	sigemptyset(&set);
	add(&set, ending, COUNT(ending));
	/* Without the first ones, which the C library keeps for itself. */
	for (int number = SIGRTMIN; number <= SIGRTMAX; number++)
		sigaddset(&set, number);
	for (int number = 1; number <= SIGRTMAX; number++)
		if (sigismember(&set, number) == 1 && stays_ignored(number))
			sigdelset(&set, number);
	add(&set, telling, COUNT(telling));
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	/* A closed pipe is an error of write(), not the end. */
	signal(SIGPIPE, SIG_IGN);
	descriptor = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
	return descriptor < 0 ? -errno : descriptor;
}

bool signals_end_program(int number)
{
	for (size_t i = 0; i < COUNT(telling); i++)
		if (number == telling[i])
			return false;
	return true;
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

void signals_guard_terminal(void)
{
	struct sigaction action = {.sa_handler = crash, .sa_flags = (int)SA_RESETHAND | SA_ONSTACK};
	stack_t stack = {.ss_size = (size_t)64 * 1024};

	/* A stack of its own, for when the crash is that of the stack. */
	stack.ss_sp = memory_resize(NULL, stack.ss_size);
	sigaltstack(&stack, NULL);
	sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < COUNT(crashing); i++)
		sigaction(crashing[i], &action, NULL);
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
