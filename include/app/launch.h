/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_LAUNCH_H
#define APP_LAUNCH_H

/*
 * A command that vastop starts to watch it: `vastop -- COMMAND [ARG…]`.
 *
 * It is held at its first instruction until the first sample was taken, so that nothing of what
 * it does to its address space is missed. Before execve(2) there is nothing of it to hold: its
 * process still is a copy of vastop, whose mappings are not to be shown. So the child asks to be
 * traced by its parent (PTRACE_TRACEME) and stops at the end of execve (PTRACE_O_TRACEEXEC): the
 * new program, its interpreter, stack and arguments are mapped, and nothing of it has run. After
 * the first sample it is let go, for good (PTRACE_DETACH). This is a parent with its own child:
 * no process of others is ever traced. Where tracing is refused (seccomp(2)), launch_start()
 * returns as soon as execve succeeded, with the command running; the first sample then comes as
 * early as it can. A program with a set-user-ID or set-group-ID bit or file capabilities is not
 * traced either: the kernel would run it without its privilege (execve(2)).
 *
 * The command gets a session of its own: keys that send signals (Ctrl-C, Ctrl-Z) mean vastop alone,
 * the end of the terminal does not end it, and it can neither read vastop's keys nor write on its
 * screen. Its stdin is /dev/null, stdout and stderr go to one file. When vastop ends, the command
 * continues to run; if vastop ends while the command is still held, it ends too, without having
 * done anything.
 *
 * Tracing belongs to a thread: all functions are to be called by the thread that started the
 * command. Start it before signals are blocked or ignored, which a command would inherit.
 */

#include <stdbool.h>
#include <sys/types.h>

/* What could not be done. */
enum launch_step {
	LAUNCH_OUTPUT, /* to create the file for its output */
	LAUNCH_FORK,   /* to make the process, its pipe, its stdin */
	LAUNCH_EXEC,   /* to execute the command */
};

enum launch_state {
	LAUNCH_HELD,    /* at the first instruction */
	LAUNCH_RUNNING, /* not held, or let go */
	LAUNCH_ENDED,   /* and its status is known: there is no zombie */
};

struct launch {
	pid_t pid;
	enum launch_state state;
	int status;    /* once ended: as from waitpid(2) */
	char *command; /* argv[0] */
	char *output;  /* path of the file with its output */
	bool fresh;    /* the file was made for it */
	bool told;     /* its end was reported */
};

/*
 * Starts the command argv (NULL at its end; without a slash in its name it is looked for in PATH)
 * with its output in the file, which is created or emptied; NULL: in a fresh one, see
 * app/launch_output.h. With may_trace false the command is not held. Returns 0 and fills
 * *ret_launch, which launch_finish() frees; or -errno and sets *ret_step to what failed
 * (LAUNCH_EXEC with -ENOENT: there is no such command), and no process and no new file is left.
 */
int launch_start(char *const *argv, const char *output, bool may_trace, struct launch *ret_launch,
		 enum launch_step *ret_step);

/* Lets a held command go; does nothing when it is not held. NULL is allowed. */
void launch_release(struct launch *launch);

/*
 * Whether the command has ended: then its status is taken, and no zombie stays. With wait true it
 * is let go if held, and its end is waited for.
 */
bool launch_ended(struct launch *launch, bool wait);

/*
 * Frees what the launch holds. A running command continues; one that is still held is killed, and a
 * fresh file for its output removed: it was never run.
 */
void launch_finish(struct launch *launch);

#endif
