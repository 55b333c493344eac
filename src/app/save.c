/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/save.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "app/theme_file.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/utf8.h"
#include "kernel/answerer.h"
#include "kernel/clock.h"
#include "model/address_space.h"
#include "model/usage.h"
#include "report/json.h"
#include "screen/setting.h"
#include "screen/theme.h"
#include "term/plain.h"
#include "term/svg.h"

#define TIME_LENGTH sizeof("20261129-194501")
#define TRIES       100 /* names of one second */

/* A file to be written; all is owned. */
struct file {
	char *name;   /* without its end */
	char *folder; /* NULL: not known */
	const char *end;
	char *bytes; /* of text and drawings, */
	size_t length;
	struct address_space *space; /* else what JSON is made of; NULL: of bytes */
	struct usage_table usage;
	bool has_usage;
};

/* What came of it; owned. */
struct saved {
	char *name, *folder;
	int error; /* -errno */
};

static void forget(void *question, void *newer)
{
	struct file *file = question;

	(void)newer;
	free(file->name);
	free(file->folder);
	free(file->bytes);
	address_space_destroy(file->space);
	if (file->has_usage)
		usage_table_finish(&file->usage);
}

static void drop(void *answer)
{
	struct saved *saved = answer;

	free(saved->name);
	free(saved->folder);
}

/* Creates a file that was not there; the descriptor, or -errno. *ret_name is the caller's. */
static int create_new(const struct file *file, char **ret_name)
{
	struct text name = {0};
	int descriptor = -1;

	for (int i = 1; i <= TRIES && descriptor < 0; i++) {
		text_clear(&name);
		text_append(&name, file->name);
		if (i > 1)
			text_append_format(&name, "-%d", i);
		text_append(&name, file->end);
		descriptor =
			open(name.bytes, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOCTTY, 0600);
		if (descriptor < 0 && errno != EEXIST)
			break;
	}
	descriptor = descriptor < 0 ? -errno : descriptor;
	*ret_name = memory_copy_string(text_string(&name));
	text_finish(&name);
	return descriptor;
}

static int write_file(const struct file *file, int descriptor)
{
	FILE *stream = fdopen(descriptor, "w");
	int error = 0;

	if (!stream) {
		close(descriptor);
		return -ENOMEM;
	}
	errno = 0;
	if (file->space)
		error = json_write_snapshot(stream, file->space,
					    file->has_usage ? &file->usage : NULL, NULL);
	else if (fwrite(file->bytes, 1, file->length, stream) != file->length)
		error = -EIO;
	if (fclose(stream))
		error = -EIO;
	return error && errno ? -errno : error;
}

static void answer(void *owner, void *question, void *ret_answer)
{
	struct file *file = question;
	struct saved *saved = ret_answer;
	int descriptor = create_new(file, &saved->name);

	(void)owner;
	saved->error = descriptor < 0 ? descriptor : write_file(file, descriptor);
	/* A part of a file would be taken for the whole. */
	if (descriptor >= 0 && saved->error)
		unlink(saved->name);
	saved->folder = file->folder;
	file->folder = NULL;
	forget(file, NULL);
}

static void release(void *owner)
{
	(void)owner;
}

static const struct answerer_ops ops = {
	.name = "vastop/save",
	.question_size = sizeof(struct file),
	.answer_size = sizeof(struct saved),
	.answer = answer,
	.forget = forget,
	.drop = drop,
	.release = release,
};

static char *make_name(const struct address_space *space)
{
	time_t now = (time_t)(clock_ns(CLOCK_REALTIME) / 1000000000);
	struct text name = {0};
	char time[TIME_LENGTH];
	struct tm tm;

	localtime_r(&now, &tm);
	strftime(time, sizeof(time), "%Y%m%d-%H%M%S", &tm);
	if (space)
		text_append_format(&name, "vastop-%" PRId32 "-%s", space->target.pid, time);
	else
		text_append_format(&name, "vastop-processes-%s", time);
	return name.bytes;
}

/* The screen as a file's bytes. Returns 0 or -errno. */
static int draw(struct file *file, const struct save_page *page, enum ui_save form)
{
	const struct svg_page drawing = {page->dark, "vastop"};
	struct setting_mistake mistake;
	size_t mistakes;
	struct theme theme;
	FILE *stream = open_memstream(&file->bytes, &file->length);
	int error;

	if (!stream)
		return -ENOMEM;
	if (theme_file_read(page->theme, &theme, &mistake, 1, &mistakes))
		theme_parse(theme_default_text, theme_default_length, &theme, NULL, 0);
	error = form == UI_SAVE_SVG ? svg_write(stream, page->canvas, &theme, &drawing)
				    : plain_write(stream, page->canvas, &theme, false);
	if (fclose(stream) && !error)
		error = -ENOMEM;
	return error;
}

static void take_snapshot(struct file *file, const struct ui *ui)
{
	const struct usage_table *usage = shown_usage(&ui->shown);

	file->space = address_space_copy(ui->shown.space);
	file->has_usage = usage != NULL;
	if (usage)
		usage_table_copy(&file->usage, usage);
}

void save_begin(struct save *save, struct save_page page, enum ui_save form, struct ui *ui)
{
	static const char *const ends[UI_SAVE_COUNT] = {".txt", ".svg", ".json"};
	struct file file = {
		.name = make_name(ui->shown.space), .folder = getcwd(NULL, 0), .end = ends[form]};
	int error = save->answerer ? 0 : answerer_create(&ops, NULL, &save->answerer);

	if (!error && form == UI_SAVE_JSON)
		take_snapshot(&file, ui);
	else if (!error)
		error = draw(&file, &page, form);
	if (error) {
		ui_say_format(ui, "Cannot save the screen: %s.", strerror(-error));
		forget(&file, NULL);
	} else {
		answerer_ask(save->answerer, &file);
	}
	ui_want(ui, UI_DRAW);
}

int save_descriptor(const struct save *save)
{
	return save->answerer ? answerer_descriptor(save->answerer) : -1;
}

void save_take(struct save *save, struct ui *ui)
{
	struct text folder = {0};
	struct saved saved;

	if (!save->answerer || !answerer_take(save->answerer, &saved))
		return;
	if (saved.folder)
		utf8_append_escaped(&folder, saved.folder, strlen(saved.folder));
	else
		text_append(&folder, "the current folder");
	if (saved.error)
		ui_say_format(ui, "Cannot save in %s: %s.", text_string(&folder),
			      strerror(-saved.error));
	else
		ui_say_format(ui, "Saved %s in %s.", saved.name, text_string(&folder));
	ui_want(ui, UI_DRAW);
	text_finish(&folder);
	drop(&saved);
}

void save_finish(struct save *save)
{
	if (save->answerer)
		answerer_destroy(save->answerer);
	save->answerer = NULL;
}
