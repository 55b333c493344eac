/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/watch_search.h"

#include <ctype.h>

#include "app/denied_bytes.h"
#include "app/options.h"
#include "base/text.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "model/session.h"
#include "residency/search_thread.h"
#include "ui/pane/found_pane.h"
#include "ui/ui.h"

_Static_assert(FOUND_MAX <= SEARCH_FOUND_MAX, "as many are found as are listed");

void watch_search_look(struct watch_search *search, const struct ui *ui)
{
	const struct procfs_options procfs = options_procfs(search->options);
	struct search_request request;
	struct found_wish wish;
	bool wanted = found_pane_wants(ui, &wish);

	if (search->searching == wanted && (!wanted || search->serial == wish.serial))
		return;
	search->searching = wanted;
	if (!wanted) {
		if (search->thread)
			search_thread_stop(search->thread);
		return;
	}
	search->serial = wish.serial;
	if (!search->thread && search_thread_create(&procfs, &search->thread))
		return;
	request = search_request_of(ui->shown.session->now, &wish.needle, FOUND_MAX, wish.start,
				    wish.end);
	search_thread_ask(search->thread, &request, wish.serial);
}

int watch_search_descriptor(const struct watch_search *search)
{
	return search->thread ? search_thread_descriptor(search->thread) : -1;
}

static void refuse(const struct watch_search *search, struct ui *ui, int error)
{
	struct text why = {0};

	denied_bytes_append(&why, search->options, &ui->shown.space->target, error);
	why.bytes[0] = (char)toupper((unsigned char)why.bytes[0]);
	found_pane_refuse(ui, text_string(&why));
	text_finish(&why);
}

void watch_search_take(struct watch_search *search, struct ui *ui)
{
	struct search_answer answer;
	struct found_state state;

	if (!search->thread || !search_thread_take(search->thread, &answer) || !ui->shown.space)
		return;
	state = (struct found_state){.done = answer.done,
				     .full = answer.full,
				     .read = answer.read,
				     .walked = answer.walked,
				     .all = answer.all};
	found_pane_take(ui, answer.serial, answer.found, answer.count, &state);
	if (answer.error)
		refuse(search, ui, answer.error);
}

void watch_search_finish(struct watch_search *search)
{
	search_thread_destroy(search->thread);
	search->thread = NULL;
}
