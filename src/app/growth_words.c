/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/growth_words.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/denied.h"
#include "app/message.h"
#include "app/target_words.h"
#include "base/format.h"
#include "base/text.h"
#include "inside/call_sites.h"
#include "kernel/proc_file.h"
#include "model/growth_balance.h"
#include "model/target.h"

#define PARANOID     "sys/kernel/perf_event_paranoid"
#define MLOCK        "sys/kernel/perf_event_mlock_kb"
#define PARANOID_MAX 2    /* the kernel lets users count events of their own processes */
#define MUCH         0.2  /* the same of what samples leave out: less is chance */
#define SOME         0.05 /* the same where there is a reason for it */
#define SECOND_NS    1e9
#define LITTLE       0.03 /* a share that need not be told: estimates are no finer */

/* A number of /proc/sys, which may be negative. Returns whether it could be read. */
static bool read_setting(const char *path, int64_t *ret_value)
{
	struct text text = {0};
	const int directory = open("/proc", O_PATH | O_DIRECTORY | O_CLOEXEC);
	bool good = directory >= 0 && !proc_file_read(directory, path, 64, &text);
	char *end;

	if (good) {
		*ret_value = strtoll(text_string(&text), &end, 10);
		good = end != text_string(&text);
	}
	if (directory >= 0)
		close(directory);
	text_finish(&text);
	return good;
}

/* No event at all is given to this user. */
static void append_no_events(struct text *text)
{
	int64_t paranoid;

	if (read_setting(PARANOID, &paranoid) && paranoid > PARANOID_MAX && geteuid() != 0)
		text_append_format(text,
				   "the kernel gives no events to users "
				   "(kernel.perf_event_paranoid is %" PRId64
				   "); run vastop as root or with the capability CAP_PERFMON, or "
				   "set it to 2: sysctl kernel.perf_event_paranoid=2.",
				   paranoid);
	else
		text_append(text, "a seccomp filter or a security module forbids "
				  "perf_event_open(2), as in most containers; allow it there with "
				  "the capability CAP_PERFMON, or run vastop outside.");
}

static void append_no_memory(struct text *text)
{
	int64_t kilobytes;

	text_append(text, "no memory may be locked for the events");
	if (read_setting(MLOCK, &kilobytes))
		text_append_format(text, " (kernel.perf_event_mlock_kb is %" PRId64 ")", kilobytes);
	text_append(text, "; end other programs that use perf events, or raise ulimit -l.");
}

static int append_not_yours(struct text *text, const struct target *target)
{
	char *user = target_user_name(target->uid);

	text_clear(text);
	denied_append_help(text, "page faults", target, user, geteuid());
	free(user);
	return EXIT_NO_PERMISSION;
}

int growth_words_append_refusal(struct text *text, const struct target *target, int error)
{
	struct text why = {0};
	int status = EXIT_NO_PERMISSION;

	switch (-error) {
	case EACCES: status = append_not_yours(&why, target); break;
	case EPERM: append_no_events(&why); break;
	case ENOBUFS: append_no_memory(&why); break;
	case ESRCH:
		text_append(&why, "it has ended.");
		status = EXIT_NO_PROCESS;
		break;
	case EMFILE:
	case ENFILE:
		text_append(&why, "too many files are open for an event of each thread and "
				  "processor; raise ulimit -n.");
		status = EXIT_TROUBLE;
		break;
	case ENOSYS:
	case ENOENT:
		text_append(&why, "this kernel has no software events (CONFIG_PERF_EVENTS).");
		status = EXIT_TROUBLE;
		break;
	case ENOTSUP:
		text_append(&why, "it is not a running process of this PID namespace; run vastop "
				  "in that one, with its /proc.");
		status = EXIT_TROUBLE;
		break;
	default: text_append_format(&why, "%s.", strerror(-error)); status = EXIT_TROUBLE;
	}
	if (error != -EACCES)
		text_append_format(text,
				   "cannot listen to the page faults of process %" PRId32 ": ",
				   target->pid);
	text_append(text, text_string(&why));
	text_finish(&why);
	return status;
}

static void append_kernel(struct text *text, const struct listening *listening)
{
	const double share = listening->kernel_share;

	if (listening->in_kernel || (share >= 0 && share < LITTLE))
		return;
	text_append(text, "Pages touched in system calls, as read(2) into new memory does, are "
			  "not seen");
	if (listening->thin)
		text_append(text, ", nor many of those of threads that had too few for a sample "
				  "each");
	if (share >= 0)
		text_append_format(text, ": about %.0f %% of all page faults", 100 * share);
	text_append(text, listening->thin ? ".\n"
					  : "; CAP_PERFMON or kernel.perf_event_paranoid=1 shows "
					    "them.\n");
}

static void append_losses(struct text *text, const struct listening *listening)
{
	const uint64_t all = listening->samples + listening->lost;

	if (listening->lost)
		text_append_format(text,
				   "%" PRIu64 " of %" PRIu64
				   " samples were dropped, since they came too fast to be taken.\n",
				   listening->lost, all);
	if (listening->in_kernel && listening->kernel_share >= (listening->thin ? SOME : MUCH))
		text_append_format(text,
				   "About %.0f %% of all page faults are not in the result: their "
				   "threads had too few for a sample each.\n",
				   100 * listening->kernel_share);
	if (listening->missed_threads)
		text_append_format(text,
				   "%" PRIu32 " threads are not listened to, for want of "
				   "descriptors; raise ulimit -n.\n",
				   listening->missed_threads);
}

static void append_rests(struct text *text, const struct listening *listening)
{
	char size[FORMAT_SIZE_LENGTH];

	if (listening->rest_ns)
		text_append_format(
			text,
			"Listened to for %.3g of every %.3g s: its threads stop and run again so "
			"often that events would slow it.\n",
			(double)listening->window_ns / SECOND_NS,
			(double)(listening->window_ns + listening->rest_ns) / SECOND_NS);
	if (listening->unheard_bytes)
		text_append_format(text,
				   "About %s are missing: touched when it was not listened to.\n",
				   format_size(size, listening->unheard_bytes));
}

static void append_size(struct text *text, uint64_t bytes)
{
	char size[FORMAT_SIZE_LENGTH];

	text_append(text, format_size(size, bytes));
}

static void append_huge(struct text *text, const struct listening *listening)
{
	if (listening->huge_unknown) {
		text_append(text,
			    "A page fault that brought a huge page counts as a small page, "
			    "since the kernel does not say which are huge (before Linux 6.7): "
			    "much may be missing.\n");
	} else if (listening->huge_bytes) {
		append_size(text, listening->huge_bytes);
		text_append(text, " came in huge pages, each at one fault, so that shares of it "
				  "are rough.\n");
	}
}

static void append_unwinding(struct text *text, const struct listening *listening)
{
	if (!listening->unwinding)
		return;
	text_append(text, "Stacks go by frame pointers alone, which miss callers in code without "
			  "them: ");
	if (listening->unwinding == -ELIBACC)
		text_append(text, "libdw is not installed (Debian: libdw1).\n");
	else if (listening->unwinding == -EOPNOTSUPP)
		text_append(text, "on this machine vastop cannot unwind.\n");
	else
		text_append_format(text, "unwinding failed (%s).\n",
				   strerror(-listening->unwinding));
}

void growth_words_append_lacks(struct text *text, const struct listening *listening)
{
	append_kernel(text, listening);
	append_losses(text, listening);
	append_rests(text, listening);
	append_huge(text, listening);
	append_unwinding(text, listening);
}

static void append_known(struct text *text, bool known, uint64_t bytes, const char *unknown)
{
	if (known)
		append_size(text, bytes);
	else
		text_append(text, unknown);
}

void growth_words_append_balance(struct text *text, const struct growth_balance *balance,
				 const char *unknown)
{
	text_append(text, "Mapped ");
	append_size(text, balance->mapped);
	text_append(text, ", unmapped ");
	append_size(text, balance->unmapped);
	text_append(text, "; grew without being touched ");
	append_known(text, balance->known, balance->untouched, unknown);
	text_append(text, ".\nTouched, and gone again ");
	append_known(text, balance->known, balance->gone, unknown);
	text_append(text, ", of which swapped out ");
	append_known(text, balance->swap_known, balance->swapped, unknown);
	text_append(text, ".\n");
}
