/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/denied.h"

#include <errno.h>
#include <inttypes.h>
#include <langinfo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/message.h"
#include "app/options.h"
#include "app/output.h"
#include "app/recorded_words.h"
#include "app/source_error.h"
#include "app/target_words.h"
#include "base/format.h"
#include "base/text.h"
#include "base/utf8.h"
#include "model/target.h"
#include "model/target_totals.h"
#include "report/json.h"
#include "sampler/source.h"

#define LABEL_COLUMNS 11

static void append_label(struct text *text, const char *label)
{
	text_append_format(text, "%-*s", LABEL_COLUMNS, label);
}

static void append_size(struct text *text, const char *label, uint64_t bytes, const char *unknown)
{
	char size[FORMAT_SIZE_LENGTH];

	append_label(text, label);
	text_append(text, bytes == TARGET_UNKNOWN ? unknown : format_size(size, bytes));
	text_append_char(text, '\n');
}

/* The user's name and number, "root (0)"; the number alone where it has no name. */
static void append_user(struct text *text, const struct target *target, const char *user)
{
	if (user) {
		utf8_append_escaped(text, user, strlen(user));
		text_append_format(text, " (%" PRIu64 ")", target->uid);
	} else {
		text_append_format(text, "%" PRIu64, target->uid);
	}
}

void denied_append_totals(struct text *text, const struct target *target,
			  const struct target_totals *totals, const char *user, bool ascii)
{
	const char *unknown = ascii ? "-" : "–";

	append_label(text, "name");
	if (*target->comm)
		utf8_append_escaped(text, target->comm, strlen(target->comm));
	else
		text_append(text, unknown);
	text_append_char(text, '\n');
	append_label(text, "user");
	if (target->uid == TARGET_UNKNOWN)
		text_append(text, unknown);
	else
		append_user(text, target, user);
	text_append_char(text, '\n');
	append_label(text, "state");
	text_append(text, target->state == '?' ? unknown : target_state_words(target->state));
	text_append_char(text, '\n');
	append_label(text, "threads");
	if (target->threads)
		text_append_format(text, "%" PRIu32 "\n", target->threads);
	else
		text_append_format(text, "%s\n", unknown);
	append_size(text, "size", totals->size, unknown);
	append_size(text, "size peak", totals->size_peak, unknown);
	append_size(text, "rss", totals->rss, unknown);
	append_size(text, "rss peak", totals->rss_peak, unknown);
	append_size(text, "shared", totals->shared, unknown);
	append_size(text, "swap", totals->swap, unknown);
}

/*
 * The rule is that of ptrace(2), PTRACE_MODE_READ_FSCREDS: the reader has CAP_SYS_PTRACE, or all
 * IDs of the process and it is dumpable.
 */
void denied_append_help(struct text *text, const char *what, const struct target *target,
			const char *user, uint64_t reader)
{
	text_append_format(text, "cannot read the %s of process %" PRId32 ": ", what, target->pid);
	if (reader == 0) {
		text_append(text, "root lacks the capability CAP_SYS_PTRACE over it here; run "
				  "vastop outside the container.");
	} else if (target->uid == reader) {
		text_append(text, "it is yours but protected (not dumpable, or with "
				  "more privileges); run vastop as root.");
	} else if (target->uid == TARGET_UNKNOWN) {
		text_append(text, "run vastop as its user or as root.");
	} else if (target->uid == 0) {
		text_append(text, "it is root's; run vastop as root.");
	} else {
		text_append(text, "it is another user's; run vastop as ");
		append_user(text, target, user);
		text_append(text, " or as root.");
	}
}

/* Returns the exit status. */
static int write_totals(const struct options *options, const struct target *target,
			const struct target_totals *totals, const char *user)
{
	bool ascii = strcmp(nl_langinfo(CODESET), "UTF-8") != 0;
	struct text text = {0};
	struct output output;
	int error = 0;

	output_open(&output);
	if (options->format == FORMAT_JSON) {
		error = json_write_totals(output.stream, target, totals);
	} else {
		denied_append_totals(&text, target, totals, user, ascii);
		fputs(text_string(&text), output.stream);
	}
	text_finish(&text);
	return output_close(&output, error);
}

/* Of a recorded process that may be nothing. */
static bool is_anything_known(const struct target_totals *totals)
{
	return totals->size != TARGET_UNKNOWN || totals->rss != TARGET_UNKNOWN;
}

int denied_append(struct text *text, const struct options *options, int32_t pid, uint64_t uid,
		  int error)
{
	const struct target target = {.pid = pid, .uid = uid};
	char *user;

	if (error != -EACCES || recorded_words_apply(options))
		return source_error_append(text, options, pid, error);
	user = target_user_name(uid);
	denied_append_help(text, "mappings", &target, user, geteuid());
	free(user);
	return EXIT_NO_PERMISSION;
}

int denied_say(const struct options *options, uint64_t uid, int error)
{
	struct text text = {0};
	int status = denied_append(&text, options, options->pid, uid, error);

	message_say("%s", text_string(&text));
	text_finish(&text);
	return status;
}

int denied_say_of_source(const struct options *options, struct source *source, int error)
{
	struct target_totals totals;
	struct target target;

	if (error != -EACCES || source_totals(source, &target, &totals))
		target.uid = TARGET_UNKNOWN;
	return denied_say(options, target.uid, error);
}

int denied_run(const struct options *options, struct source *source, int why)
{
	bool told = why == -EACCES || (recorded_words_apply(options) && why != -ESRCH);
	struct target_totals totals;
	struct target target;
	char *user;
	int status;

	if (!told || source_totals(source, &target, &totals) || !is_anything_known(&totals))
		return denied_say(options, TARGET_UNKNOWN, why);
	user = target_user_name(target.uid);
	status = write_totals(options, &target, &totals, user);
	free(user);
	return status ? status : denied_say(options, target.uid, why);
}
