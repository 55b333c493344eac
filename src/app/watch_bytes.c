/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/watch_bytes.h"

#include <ctype.h>

#include "app/denied_bytes.h"
#include "app/options.h"
#include "base/text.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "ui/inside/inside_wants.h"
#include "ui/pane/bytes_pane.h"
#include "ui/ui.h"

_Static_assert(BYTES_HELD_MAX <= MEMORY_WATCH_BYTES, "all that the pane wants can be asked for");

static bool is_same(const struct memory_question *a, const struct memory_question *b)
{
	return a->pid == b->pid && a->word == b->word && a->word_size == b->word_size &&
	       a->address == b->address && a->size == b->size && a->interval_ns == b->interval_ns &&
	       a->absent_too == b->absent_too;
}

/* The pane of the bytes, else a chunk of which the first ones are shown. */
static bool find_wish(const struct ui *ui, struct bytes_wish *ret_wish)
{
	struct bytes_wish wish = {0};

	if (bytes_pane_wants(ui, ret_wish))
		return true;
	if (!inside_wants_bytes(ui, &wish.address, &wish.size))
		return false;
	*ret_wish = wish;
	return true;
}

void watch_bytes_look(struct watch_bytes *bytes, const struct ui *ui)
{
	const struct procfs_options procfs = options_procfs(bytes->options);
	struct memory_question question = {0};
	struct bytes_wish wish;

	if (find_wish(ui, &wish))
		question = (struct memory_question){.pid = ui->shown.space->target.pid,
						    .address = wish.address,
						    .size = wish.size,
						    .interval_ns = ui->host.interval_ns,
						    .absent_too = wish.anyway,
						    .word = wish.word,
						    .word_size = wish.word_size,
						    .space = ui->shown.space};
	if (is_same(&question, &bytes->question))
		return;
	if (!bytes->watch && memory_watch_create(&procfs, &bytes->watch))
		return;
	memory_watch_ask(bytes->watch, &question);
	bytes->question = question;
	bytes->question.space = NULL;
}

int watch_bytes_descriptor(const struct watch_bytes *bytes)
{
	return bytes->watch ? memory_watch_descriptor(bytes->watch) : -1;
}

static void refuse(const struct watch_bytes *bytes, struct ui *ui, int error)
{
	struct text why = {0};

	denied_bytes_append(&why, bytes->options, &ui->shown.space->target, error);
	why.bytes[0] = (char)toupper((unsigned char)why.bytes[0]);
	bytes_pane_refuse(ui, text_string(&why));
	text_finish(&why);
}

void watch_bytes_take(struct watch_bytes *bytes, struct ui *ui)
{
	struct memory_answer answer;
	struct bytes_wish wish;

	if (!bytes->watch || !memory_watch_take(bytes->watch, &answer) || !ui->shown.space)
		return;
	if (answer.error) {
		refuse(bytes, ui, answer.error);
		return;
	}
	wish = (struct bytes_wish){.address = answer.question.address,
				   .size = answer.question.size,
				   .anyway = answer.question.absent_too};
	bytes_pane_take(ui, &wish, answer.bytes, answer.absent, answer.page_size);
	inside_wants_take_bytes(ui, wish.address, answer.bytes, wish.size, answer.absent,
				answer.page_size);
	if (*answer.symbol)
		bytes_pane_take_symbol(ui, answer.pointed, answer.symbol);
}

void watch_bytes_finish(struct watch_bytes *bytes)
{
	memory_watch_destroy(bytes->watch);
	bytes->watch = NULL;
}
