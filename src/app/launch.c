/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/launch.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "app/launch_output.h"
#include "base/memory.h"
#include "base/text.h"

/*
 * What the child tells through a pipe. Its end is closed by execve, so that the end of the pipe
 * says that the command was executed, or that the child died.
 */
enum note_type { NOTE_TRACED, NOTE_FAILED };

struct note {
	enum note_type type;
	enum launch_step step; /* that failed */
	int error;             /* errno */
};

/* What the child becomes the command with; its descriptors are greater than 2. */
struct start {
	char *const *argv;
	int input, output, notes;
	pid_t parent;
	bool trace;
};

/* Whether the kernel gives a process that executes the file more rights than its user has. */
static bool file_is_privileged(const char *path)
{
	struct stat status;

	return !stat(path, &status) && S_ISREG(status.st_mode) &&
	       ((status.st_mode & (S_ISUID | S_ISGID)) ||
		getxattr(path, "security.capability", NULL, 0) > 0);
}

/* The first file of that name in PATH that access(2) allows so; false when there is none. */
static bool find_in_path(const char *command, int mode, struct text *path)
{
	const char *folders = getenv("PATH");
	bool found = false;

	while (folders && !found) {
		size_t length = strcspn(folders, ":");

		text_clear(path);
		text_append_bytes(path, folders, length);
		text_append_format(path, "%s%s", length ? "/" : "", command);
		found = !access(text_string(path), mode);
		folders = folders[length] ? folders + length + 1 : NULL;
	}
	return found;
}

/* The same for what execvp() finds in PATH: the first file that can be executed. */
static bool command_is_privileged(const char *command)
{
	struct text path = {0};
	bool privileged;

	if (strchr(command, '/'))
		return file_is_privileged(command);
	privileged = find_in_path(command, X_OK, &path) && file_is_privileged(text_string(&path));
	text_finish(&path);
	return privileged;
}

/*
 * execvp(3) says EACCES also when only a folder of PATH may not be searched. As shells do, a
 * command that is in none of the others is not there.
 */
static int exec_error(const char *command, int error)
{
	struct text path = {0};

	if (error == EACCES && !strchr(command, '/') && !find_in_path(command, F_OK, &path))
		error = ENOENT;
	text_finish(&path);
	return error;
}

static void send_note(const struct start *start, enum note_type type, enum launch_step step)
{
	struct note note = {type, step, errno};

	/* Nobody is there to be told when this fails. */
	if (write(start->notes, &note, sizeof(note)) != sizeof(note))
		_exit(127);
}

static _Noreturn void give_up(const struct start *start, enum launch_step step)
{
	send_note(start, NOTE_FAILED, step);
	_exit(127);
}

/*
 * In the child: from now on it ends when vastop does, as PTRACE_O_EXITKILL sees to once the parent
 * has had the time to ask for it. (Without that, a traced child whose tracer is killed stays in its
 * stop for ever.) A parent that ended before shows by being another one.
 */
static void end_with(pid_t parent)
{
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) || getppid() != parent)
		_exit(127);
}

/* In the child. dup2() makes descriptors that stay open in the command. */
static _Noreturn void become_command(const struct start *start)
{
	if (setsid() < 0 || dup2(start->input, STDIN_FILENO) < 0 ||
	    dup2(start->output, STDOUT_FILENO) < 0 || dup2(start->output, STDERR_FILENO) < 0)
		give_up(start, LAUNCH_FORK);
	end_with(start->parent);
	if (start->trace && !ptrace(PTRACE_TRACEME, 0, NULL, NULL)) {
		send_note(start, NOTE_TRACED, LAUNCH_EXEC);
		/* Until the parent has said where to stop next. */
		raise(SIGSTOP);
	}
	/* It would hold for the command, too; a child that is traced ends with its tracer now. */
	prctl(PR_SET_PDEATHSIG, 0);
	execvp(start->argv[0], start->argv);
	errno = exec_error(start->argv[0], errno);
	give_up(start, LAUNCH_EXEC);
}

/* The next note; false at the end of the pipe. A note is smaller than PIPE_BUF: never torn. */
static bool read_note(int descriptor, struct note *ret_note)
{
	ssize_t length;

	do
		length = read(descriptor, ret_note, sizeof(*ret_note));
	while (length < 0 && errno == EINTR);
	return length == sizeof(*ret_note);
}

/* waitpid() for the child alone, not to be interrupted. */
static pid_t wait_for(pid_t pid, int *ret_status, int options)
{
	pid_t found;

	do
		found = waitpid(pid, ret_status, options);
	while (found < 0 && errno == EINTR);
	return found;
}

static bool has_ended(int status)
{
	return WIFEXITED(status) || WIFSIGNALED(status);
}

/*
 * Takes the traced child from the stop that it made itself to the end of its execve. Signals that
 * it gets from others on the way are handed on. Returns 0, the child being held or having ended;
 * or -errno.
 */
static int trace_to_exec(struct launch *launch)
{
	const long options = PTRACE_O_TRACEEXEC | PTRACE_O_EXITKILL;
	const int executed = SIGTRAP | PTRACE_EVENT_EXEC << 8;
	bool prepared = false;
	int status;

	for (;;) {
		long number;

		if (wait_for(launch->pid, &status, 0) < 0)
			return -errno;
		if (has_ended(status)) {
			launch->state = LAUNCH_ENDED;
			launch->status = status;
			return 0;
		}
		if (status >> 8 == executed) {
			launch->state = LAUNCH_HELD;
			return 0;
		}
		number = WSTOPSIG(status);
		if (!prepared && number == SIGSTOP) {
			if (ptrace(PTRACE_SETOPTIONS, launch->pid, NULL, options))
				return -errno;
			prepared = true;
			number = 0;
		}
		/* A child that was killed meanwhile refuses, and the next wait finds its end. */
		ptrace(PTRACE_CONT, launch->pid, NULL, number);
	}
}

/* Kills a child that is not to be, and leaves nothing of it. */
static void discard_child(struct launch *launch)
{
	int status;

	if (launch->state == LAUNCH_ENDED)
		return;
	kill(launch->pid, SIGKILL);
	while (wait_for(launch->pid, &status, 0) == launch->pid && !has_ended(status))
		;
	launch->state = LAUNCH_ENDED;
	launch->status = status;
}

/* Follows the child until it is the command. Returns 0, or -errno when it never becomes it. */
static int follow(struct launch *launch, int notes, enum launch_step *ret_step)
{
	struct note note;
	int error = 0;

	if (!read_note(notes, &note))
		return 0;
	if (note.type == NOTE_TRACED) {
		*ret_step = LAUNCH_FORK;
		error = trace_to_exec(launch);
		/* What a child writes is in the pipe before it ends. */
		if (!error && (launch->state == LAUNCH_HELD || !read_note(notes, &note)))
			return 0;
	}
	if (!error) {
		*ret_step = note.step;
		error = -note.error;
	}
	discard_child(launch);
	return error;
}

/* Returns 0 or -errno, in the parent alone. */
static int fork_child(const struct start *start, struct launch *launch)
{
	/* A parent that ignores it gets no status. */
	signal(SIGCHLD, SIG_DFL);
	launch->pid = fork();
	if (launch->pid == 0)
		become_command(start);
	return launch->pid < 0 ? -errno : 0;
}

/* With the output open. Returns 0 or -errno. */
static int start_child(struct start *start, struct launch *launch, enum launch_step *ret_step)
{
	int ends[2], error = 0;

	*ret_step = LAUNCH_FORK;
	if (pipe2(ends, O_CLOEXEC))
		return -errno;
	/* Where vastop itself has no stdin or stdout, a new descriptor may take its place. */
	start->notes = launch_output_lift(ends[1]);
	start->input = launch_output_lift(open("/dev/null", O_RDONLY | O_CLOEXEC));
	if (start->notes < 0 || start->input < 0)
		error = start->notes < 0 ? start->notes : start->input;
	if (!error)
		error = fork_child(start, launch);
	if (start->notes >= 0)
		close(start->notes);
	if (start->input >= 0)
		close(start->input);
	if (!error)
		error = follow(launch, ends[0], ret_step);
	close(ends[0]);
	return error;
}

int launch_start(char *const *argv, const char *output, bool may_trace, struct launch *ret_launch,
		 enum launch_step *ret_step)
{
	struct launch launch = {.state = LAUNCH_RUNNING, .fresh = !output};
	struct start start = {.argv = argv, .parent = getpid()};
	int error;

	start.trace = may_trace && !command_is_privileged(argv[0]);
	start.output = launch_output_open(output, argv[0], &launch.output);
	if (start.output < 0) {
		*ret_step = LAUNCH_OUTPUT;
		return start.output;
	}
	error = start_child(&start, &launch, ret_step);
	close(start.output);
	if (error) {
		if (launch.fresh)
			unlink(launch.output);
		free(launch.output);
		return error;
	}
	launch.command = memory_copy_string(argv[0]);
	*ret_launch = launch;
	return 0;
}

void launch_release(struct launch *launch)
{
	if (!launch || launch->state != LAUNCH_HELD)
		return;
	/* Refused only when it was killed meanwhile. */
	ptrace(PTRACE_DETACH, launch->pid, NULL, NULL);
	launch->state = LAUNCH_RUNNING;
}

bool launch_ended(struct launch *launch, bool wait)
{
	int status;

	if (wait)
		launch_release(launch);
	/* It says no more of a command that is traced than that it is stopped. */
	while (launch->state != LAUNCH_ENDED) {
		if (wait_for(launch->pid, &status, wait ? 0 : WNOHANG) != launch->pid)
			return false;
		if (has_ended(status)) {
			launch->state = LAUNCH_ENDED;
			launch->status = status;
		}
	}
	return true;
}

void launch_finish(struct launch *launch)
{
	if (launch->state == LAUNCH_HELD) {
		discard_child(launch);
		if (launch->fresh)
			unlink(launch->output);
	}
	free(launch->command);
	free(launch->output);
	*launch = (struct launch){.state = LAUNCH_ENDED};
}
